package ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit}: who did what, and what was refused to whom. The database lets nobody change a line. */
public final class Audit {

    private static final String INSERT = """
            INSERT INTO audit (who, act, subject, detail, address) VALUES (:who, :act, :subject, :detail, :address)
            """;

    private final JdbcClient jdbc;

    public Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Within the caller's transaction, if there is one.
     *
     * @param act     in a word, as in {@code replay}
     * @param subject what it was done to, as in {@code parked/17}
     * @param detail  what became of it, in words; may be null
     */
    public void add(Actor actor, String act, String subject, String detail) {
        jdbc.sql(INSERT).param("who", actor.name()).param("act", act).param("subject", subject)
                .param("detail", detail).param("address", actor.address()).update();
    }
}
