package ledger;

import contract.Visible;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit}: acts, and requests that were refused. The database refuses to change or delete a line. */
public final class Audit {

    private static final String INSERT = """
            INSERT INTO audit (who, act, subject, detail, address) VALUES (:who, :act, :subject, :detail, :address)
            """;

    private final JdbcClient jdbc;

    public Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a line, within the caller's transaction if there is one. Control characters are written so that they are seen.
     *
     * @param act     in a word, as in {@code replay}
     * @param subject the object of the act, as in {@code parked/17}
     * @param detail  the result in words; may be null
     */
    public void add(Actor actor, String act, String subject, String detail) {
        jdbc.sql(INSERT).param("who", Visible.text(actor.name())).param("act", Visible.text(act))
                .param("subject", Visible.text(subject)).param("detail", Visible.text(detail))
                .param("address", actor.address()).update();
    }

    /**
     * Lines, the newest first.
     *
     * @param after the id of the last line of the page before; null for the first page
     */
    public List<AuditLine> list(AuditFilter filter, Long after, int limit) {
        Conditions where = new Conditions()
                .and("who = :who", "who", filter.who())
                .and("act = :act", "act", filter.act())
                .and("subject = :subject", "subject", filter.subject())
                .and("at >= :from::timestamptz", "from", filter.from())
                .and("at < :to::timestamptz", "to", filter.to())
                .and("id < :after", "after", after)
                .value("limit", limit);
        return jdbc.sql("SELECT id, at, who, act, subject, detail, address FROM audit WHERE " + where.sql()
                        + " ORDER BY id DESC LIMIT :limit")
                .params(where.values())
                .query((row, n) -> new AuditLine(row.getLong("id"), Columns.instant(row, "at"), row.getString("who"),
                        row.getString("act"), row.getString("subject"), row.getString("detail"),
                        row.getString("address")))
                .list();
    }
}
