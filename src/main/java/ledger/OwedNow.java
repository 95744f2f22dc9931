package ledger;

import java.util.ArrayList;
import java.util.List;
import ledger.order.Debt;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what is owed. The cost grows with what is pending, not with what is settled. */
final class OwedNow {

    static final String AWAITED = """
            WITH owing AS (
                SELECT id, barista_owes AS debt, barista_owes = 'MAKING' AND make = 'MAKING' AS accepted,
                       barista_due <= now() AS due
                FROM orders WHERE barista_owes IS NOT NULL
                UNION ALL
                SELECT id, dispatch_owes, false, dispatch_due <= now() FROM orders WHERE dispatch_owes IS NOT NULL)
            SELECT o.debt, o.accepted, count(*) AS orders,
                   count(*) FILTER (WHERE o.due OR a.order_id IS NOT NULL) AS late
            FROM owing o LEFT JOIN attempt a ON a.order_id = o.id AND a.debt = o.debt
            GROUP BY o.debt, o.accepted
            UNION ALL
            SELECT 'PAYMENT', false, count(*), 0 FROM orders WHERE payment_due IS NOT NULL
            """;

    static final String ADDED = """
            SELECT a.id AS arrow, count(o.order_id) AS orders,
                   count(*) FILTER (WHERE a.ended IS NULL AND (o.attempts > 0 OR o.due <= now())) AS late
            FROM guaranteed_arrow a LEFT JOIN owed o ON o.arrow = a.id
            GROUP BY a.id HAVING a.ended IS NULL OR count(o.order_id) > 0
            """;

    private final JdbcClient jdbc;

    OwedNow(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** See {@link OrderQueries#owed}. */
    List<Owed> read() {
        List<Owed> all = new ArrayList<>(jdbc.sql(AWAITED).query((row, n) -> new Owed(
                new Owed.Awaited(Debt.valueOf(row.getString("debt")), row.getBoolean("accepted")),
                row.getLong("orders"), row.getLong("late"))).list());
        all.addAll(jdbc.sql(ADDED).query((row, n) -> new Owed(
                new Owed.Added(row.getString("arrow")), row.getLong("orders"), row.getLong("late"))).list());
        return all;
    }
}
