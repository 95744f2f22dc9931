package ledger;

import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger.order.Debt;
import ledger.order.Order;
import ledger.order.Stores;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Debts in the rows of {@code orders}, as pulls work them off, and the table {@code attempt}. Its column {@code at} is read
 * and written by no statement; it can be dropped when no hub of a release that writes it can run beside this one.
 */
final class DebtRows {

    /**
     * Takes what is due, oldest first, passing over rows that another transaction has locked. A side that was heard of since
     * the debt began is not silent yet: its order is only due again when it would be. A time in the future means that the
     * clock has stepped back; the side counts as silent then.
     */
    static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT id FROM orders WHERE ${owes} AND ${due} <= now()${ofStores}
                ORDER BY ${due} LIMIT :most FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE orders o
                SET ${due} = CASE WHEN o.${since} > now() - :age::interval AND o.${since} <= clock_timestamp()
                                  THEN o.${since} + :age::interval ELSE now() + :lease::interval END
                FROM due WHERE o.id = due.id
                RETURNING o.*, o.${since} <= now() - :age::interval OR o.${since} > clock_timestamp() AS silent),
            counted AS (
                INSERT INTO attempt (order_id, debt, token)
                SELECT id, :debt::debt, :token::uuid FROM taken WHERE silent
                ON CONFLICT (order_id, debt)
                    DO UPDATE SET number = attempt.number + 1, token = excluded.token, cause = NULL)
            SELECT * FROM taken
            """;

    /** Rows are locked in the order of their ids, as batches lock them. */
    static final String SETTLE = """
            WITH owed AS MATERIALIZED (
                SELECT id FROM orders WHERE id = ANY(:ids) AND ${owes} ORDER BY id FOR UPDATE),
            asked AS (
                UPDATE attempt a SET cause = n.cause
                FROM owed JOIN unnest(:ids::text[], :causes::text[]) AS n(id, cause) ON n.id = owed.id
                WHERE a.order_id = owed.id AND a.debt = :debt::debt AND a.token = :token::uuid
                RETURNING a.order_id, a.number)
            UPDATE orders o
            SET ${due} = now() + least(:first::interval * 2 ^ least(asked.number - 1, 20), :most::interval)
                                 * (1 - random() / 2)
            FROM asked WHERE o.id = asked.order_id
            RETURNING o.id
            """;

    private static final String RELEASE = """
            WITH owed AS MATERIALIZED (
                SELECT id FROM orders WHERE id = ANY(:ids) AND ${owes} ORDER BY id FOR UPDATE),
            unasked AS (
                UPDATE attempt a SET number = number - 1, cause = :cause
                FROM owed WHERE a.order_id = owed.id AND a.debt = :debt::debt AND a.token = :token::uuid
                RETURNING a.order_id)
            UPDATE orders o SET ${due} = o.${since} + :age::interval FROM unasked WHERE o.id = unasked.order_id
            """;

    private static final String RECALL = """
            UPDATE orders SET ${due} = now()
            WHERE id = ANY(ARRAY(SELECT id FROM orders WHERE ${owes} AND ${due} > now() + :longest::interval
                                 ORDER BY ${due} DESC LIMIT :most FOR UPDATE SKIP LOCKED))
            """;

    private static final String STUCK = """
            SELECT o.*, a.number, a.cause
            FROM orders o LEFT JOIN attempt a ON a.order_id = o.id AND a.debt = :debt::debt
            WHERE o.${owes} AND o.${since} <= now() - :stay::interval AND o.store_id = coalesce(:storeId, o.store_id)
            ORDER BY o.${since} LIMIT :limit
            """;

    /** Makes due what is owed; the pulls find it at their next tick. */
    private static final String MAKE_DUE = """
            UPDATE orders
            SET payment_due = CASE WHEN payment_due > now() THEN now() ELSE payment_due END,
                barista_due = CASE WHEN barista_due > now() THEN now() ELSE barista_due END,
                dispatch_due = CASE WHEN dispatch_due > now() THEN now() ELSE dispatch_due END
            WHERE id = :id AND settled_at IS NULL
            """;

    private final JdbcClient jdbc;

    DebtRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Claim claim(Debt debt, Stores stores, int most, Duration age, Duration lease) {
        long asked = System.nanoTime();
        UUID token = UUID.randomUUID();
        List<Order> silent = new ArrayList<>();
        int looked = jdbc.sql(claimOf(debt, stores)).param("debt", debt.name()).param("token", token.toString())
                .param("stores", stores.only().toArray(String[]::new))
                .param("exceptStores", stores.except().toArray(String[]::new))
                .param("most", most).param("age", age.toString()).param("lease", lease.toString())
                .query((row, n) -> row.getBoolean("silent") && silent.add(OrderRows.read(row, n))).list().size();
        return Claim.begun(token, silent, looked, asked, lease);
    }

    List<String> settle(Debt debt, Claim claim, Map<String, String> causes, Backoff pause) {
        return jdbc.sql(DebtColumns.of(debt).in(SETTLE)).param("debt", debt.name()).param("token", claim.token().toString())
                .param("ids", Columns.of(claim.orders(), Order::id))
                .param("causes", Columns.of(claim.orders(), order -> causes.get(order.id())))
                .param("first", pause.first().toString()).param("most", pause.most().toString())
                .query(String.class).list();
    }

    int release(Debt debt, Claim claim, Duration age, String cause) {
        return jdbc.sql(DebtColumns.of(debt).in(RELEASE)).param("debt", debt.name()).param("token", claim.token().toString())
                .param("ids", Columns.of(claim.orders(), Order::id)).param("age", age.toString()).param("cause", cause)
                .update();
    }

    int recall(Debt debt, Duration longest, int most) {
        return jdbc.sql(DebtColumns.of(debt).in(RECALL)).param("longest", longest.toString()).param("most", most).update();
    }

    /** @param storeId null for all */
    List<Stuck> stuck(Debt debt, Duration stay, String storeId, int limit) {
        return jdbc.sql(DebtColumns.of(debt).in(STUCK)).param("debt", debt.name()).param("stay", stay.toString())
                .param("storeId", storeId, Types.VARCHAR).param("limit", limit)
                .query((row, n) -> Stuck.owed(OrderRows.read(row, n), debt,
                        row.getObject("number") == null ? null
                                : new Attempt(row.getInt("number"), row.getString("cause"))))
                .list();
    }

    boolean makeDue(String orderId) {
        return jdbc.sql(MAKE_DUE).param("id", orderId).update() == 1;
    }

    /** Contains a condition on stores only if some are named: nearly every pull is for all of them. */
    static String claimOf(Debt debt, Stores stores) {
        return DebtColumns.of(debt).in(CLAIM.replace("${ofStores}",
                (stores.only().isEmpty() ? "" : " AND store_id = ANY(:stores)")
                        + (stores.except().isEmpty() ? "" : " AND store_id <> ALL(:exceptStores)")));
    }
}
