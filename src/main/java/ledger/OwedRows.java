package ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger.order.Change;
import ledger.order.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code guaranteed_arrow} and {@code owed}: what is owed over arrows that were added to the shipped ones. */
final class OwedRows {

    /**
     * The first deployment sets from when on changes are owed. An arrow that was ended stays so: see {@link
     * GuaranteedArrows}.
     */
    private static final String GUARANTEE = """
            INSERT INTO guaranteed_arrow AS a (id, change, kind, age) VALUES (:id, :change, :kind::kind, :age::interval)
            ON CONFLICT (id) DO UPDATE
            SET change = excluded.change, kind = excluded.kind, age = excluded.age,
                since = CASE WHEN (a.change, a.kind) IS DISTINCT FROM (excluded.change, excluded.kind) THEN now()
                             ELSE a.since END
            RETURNING a.since, a.xmax = 0 AS added
            """;

    private static final String OWE = """
            INSERT INTO owed (arrow, order_id, due)
            SELECT a.id, n.order_id, now() + a.age
            FROM guaranteed_arrow a
            JOIN unnest(:changed::text[], :change::text[], :kind::kind[]) AS n(order_id, change, kind)
              ON n.change = a.change AND (a.kind IS NULL OR n.kind = a.kind)
            WHERE a.ended IS NULL
            ON CONFLICT (arrow, order_id) DO NOTHING
            """;

    static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT order_id FROM owed WHERE arrow = :arrow AND due <= now()
                ORDER BY due LIMIT :most FOR UPDATE SKIP LOCKED)
            UPDATE owed o
            SET due = now() + :lease::interval, attempts = attempts + 1, token = :token::uuid, cause = NULL
            FROM due WHERE o.arrow = :arrow AND o.order_id = due.order_id
            RETURNING o.order_id
            """;

    private static final String SETTLE = """
            UPDATE owed o
            SET cause = n.cause,
                due = now() + least(:first::interval * 2 ^ least(attempts - 1, 20), :most::interval) * (1 - random() / 2)
            FROM unnest(:ids::text[], :causes::text[]) AS n(id, cause)
            WHERE o.arrow = :arrow AND o.order_id = n.id AND o.token = :token::uuid
            RETURNING o.order_id
            """;

    private static final String RELEASE = """
            UPDATE owed SET attempts = attempts - 1, cause = :cause, due = since
            WHERE arrow = :arrow AND order_id = ANY(:ids) AND token = :token::uuid
            """;

    private static final String RECALL = """
            UPDATE owed SET due = now()
            WHERE arrow = :arrow AND order_id = ANY(ARRAY(
                SELECT order_id FROM owed WHERE arrow = :arrow AND due > now() + :longest::interval
                ORDER BY due DESC LIMIT :most FOR UPDATE SKIP LOCKED))
            """;

    private static final String ACKNOWLEDGE = """
            DELETE FROM owed WHERE arrow = :arrow AND order_id = ANY(:ids) RETURNING order_id
            """;

    private static final String STUCK = """
            SELECT arrow, order_id, since, due, attempts, cause
            FROM owed WHERE since <= now() - :stay::interval
              AND arrow NOT IN (SELECT id FROM guaranteed_arrow WHERE ended IS NOT NULL)
            ORDER BY since LIMIT :limit
            """;

    private static final String MAKE_DUE = """
            UPDATE owed SET due = least(due, now())
            WHERE arrow IN (SELECT id FROM guaranteed_arrow WHERE ended IS NULL) AND order_id = :id
            """;

    private final JdbcClient jdbc;

    OwedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Guarantee guarantee(String arrow, Change change, contract.Kind kind, Duration age) {
        return jdbc.sql(GUARANTEE).param("id", arrow).param("change", change.name())
                .param("kind", kind == null ? null : kind.name()).param("age", age.toString())
                .query((row, n) -> new Guarantee(Columns.instant(row, "since"), row.getBoolean("added"))).single();
    }

    /** Writes what the changes cause to be owed; to be sent in the transaction of the changes. */
    Write owing(List<Announcement> announcements) {
        return new Write(OWE, Map.of(
                "changed", Columns.of(announcements, a -> a.order().id()),
                "change", Columns.of(announcements, Announcement::change),
                "kind", Columns.of(announcements, a -> a.order().content().kind())));
    }

    /** @return the token, and the ids of the orders */
    Map.Entry<UUID, List<String>> claim(String arrow, int most, Duration lease) {
        UUID token = UUID.randomUUID();
        return Map.entry(token, jdbc.sql(CLAIM).param("arrow", arrow).param("most", most)
                .param("lease", lease.toString()).param("token", token.toString()).query(String.class).list());
    }

    List<String> settle(String arrow, Claim claim, Map<String, String> causes, Backoff pause) {
        return jdbc.sql(SETTLE).param("arrow", arrow).param("token", claim.token().toString())
                .param("ids", Columns.of(claim.orders(), Order::id))
                .param("causes", Columns.of(claim.orders(), order -> causes.get(order.id())))
                .param("first", pause.first().toString()).param("most", pause.most().toString())
                .query(String.class).list();
    }

    int release(String arrow, Claim claim, String cause) {
        return jdbc.sql(RELEASE).param("arrow", arrow).param("token", claim.token().toString())
                .param("ids", Columns.of(claim.orders(), Order::id)).param("cause", cause).update();
    }

    int recall(String arrow, Duration longest, int most) {
        return jdbc.sql(RECALL).param("arrow", arrow).param("longest", longest.toString()).param("most", most).update();
    }

    boolean makeDue(String orderId) {
        return jdbc.sql(MAKE_DUE).param("id", orderId).update() > 0;
    }

    /** @param attempt null when no pull has asked yet */
    record Overdue(String arrow, String orderId, Instant since, Attempt attempt, Instant due) {

        Stuck of(Order order) {
            return new Stuck(order, null, arrow, since, attempt, due);
        }
    }

    List<Overdue> stuck(Duration stay, int limit) {
        return jdbc.sql(STUCK).param("stay", stay.toString()).param("limit", limit)
                .query((row, n) -> new Overdue(row.getString("arrow"), row.getString("order_id"),
                        Columns.instant(row, "since"), row.getInt("attempts") == 0 && row.getString("cause") == null ? null
                                : new Attempt(row.getInt("attempts"), row.getString("cause")),
                        Columns.instant(row, "due"))).list();
    }

    /** @return the ids that were owed until now */
    List<String> acknowledge(String arrow, Collection<String> orderIds) {
        return new ArrayList<>(jdbc.sql(ACKNOWLEDGE).param("arrow", arrow)
                .param("ids", orderIds.toArray(String[]::new)).query(String.class).list());
    }
}
