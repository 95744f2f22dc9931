package ledger;

import contract.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code orders}. */
final class OrderRows {

    /** Rows are locked in the order of their ids, so that two batches never wait for each other in a circle. */
    private static final String LOCK = """
            SELECT * FROM orders WHERE id = ANY(:ids) ORDER BY id FOR UPDATE
            """;

    /** An order that isn't there has no row to lock; its id is locked instead, by who waits for it and who brings it. */
    private static final String LOCK_ABSENT = """
            SELECT count(pg_advisory_xact_lock(key))
            FROM (SELECT hashtextextended(n.id, 0) AS key FROM unnest(:ids) AS n(id)
                  WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = n.id) ORDER BY key) AS keys
            """;

    private static final String INSERT = """
            WITH locked AS MATERIALIZED (
                SELECT count(pg_advisory_xact_lock(key))
                FROM (SELECT hashtextextended(n.id, 0) AS key FROM unnest(:id::text[]) AS n(id) ORDER BY key) AS keys)
            INSERT INTO orders (id, store_id, kind, amount, currency, items, ready_at, ready_from, ready_as_of,
                                delivered_at, delivered_from, delivered_as_of, payment_due)
            SELECT n.*, now() + :paymentDue::interval
            FROM locked, unnest(:id::text[], :storeId::text[], :kind::kind[], :amount::bigint[], :currency::text[],
                                :items::json[],
                                :readyAt::timestamptz[], :readyFrom::text[], :readyAsOf::timestamptz[],
                                :deliveredAt::timestamptz[], :deliveredFrom::text[], :deliveredAsOf::timestamptz[])
                 AS n(id, store_id, kind, amount, currency, items, ready_at, ready_from, ready_as_of,
                      delivered_at, delivered_from, delivered_as_of)
            ORDER BY n.id
            ON CONFLICT (id) DO NOTHING
            RETURNING *
            """;

    private static final String WITHDRAW = """
            DELETE FROM orders WHERE id = ANY(:ids) AND version = 0
            """;

    /**
     * The database guards the transition: a row that changed since it was read, or a make state that would go back, is
     * left alone. The rows are locked, so that this holds is a fact and not a hope; it is checked all the same.
     */
    private static final String UPDATE = """
            UPDATE orders o
            SET version = n.version,
                make = n.make, make_since = n.make_since, payment_id = n.payment_id, paid_at = n.paid_at,
                ticket_id = n.ticket_id,
                delivery = n.delivery, delivery_since = n.delivery_since, note_id = n.note_id, attempt = n.attempt,
                courier = n.courier,
                cancel = n.cancel, cancel_since = n.cancel_since, cancel_reason = n.cancel_reason,
                ready_at = n.ready_at, ready_from = n.ready_from, ready_as_of = n.ready_as_of,
                delivered_at = n.delivered_at, delivered_from = n.delivered_from,
                delivered_as_of = n.delivered_as_of,
                payment_due = n.payment_due, barista_owes = n.barista_owes, barista_due = n.barista_due,
                dispatch_owes = n.dispatch_owes, dispatch_due = n.dispatch_due,
                settlement = n.settlement, settled_at = n.settled_at
            FROM unnest(:id::text[], :read::bigint[], :version::bigint[],
                        :make::make_state[], :makeSince::timestamptz[], :paymentId::text[], :paidAt::timestamptz[],
                        :ticketId::text[],
                        :delivery::delivery_state[], :deliverySince::timestamptz[], :noteId::text[], :attempt::int[],
                        :courier::text[],
                        :cancel::cancel_state[], :cancelSince::timestamptz[], :cancelReason::text[],
                        :readyAt::timestamptz[], :readyFrom::text[], :readyAsOf::timestamptz[],
                        :deliveredAt::timestamptz[], :deliveredFrom::text[], :deliveredAsOf::timestamptz[],
                        :paymentDue::timestamptz[], :baristaOwes::debt[], :baristaDue::timestamptz[],
                        :dispatchOwes::debt[], :dispatchDue::timestamptz[],
                        :settlement::settlement[], :settledAt::timestamptz[])
                 AS n(id, read, version, make, make_since, payment_id, paid_at, ticket_id,
                      delivery, delivery_since, note_id, attempt, courier, cancel, cancel_since, cancel_reason,
                      ready_at, ready_from, ready_as_of, delivered_at, delivered_from, delivered_as_of,
                      payment_due, barista_owes, barista_due, dispatch_owes, dispatch_due, settlement, settled_at)
            WHERE o.id = n.id AND o.version = n.read AND o.make <= n.make
            """;

    static final String UNACCEPTED = """
            SELECT * FROM orders
            WHERE store_id = :storeId AND barista_owes = 'TICKET' AND id > :after
            ORDER BY id LIMIT :limit
            """;

    static final String MADE_WITHOUT_NOTE = """
            SELECT * FROM orders
            WHERE dispatch_owes = 'NOTE' AND id > :after
            ORDER BY id LIMIT :limit
            """;

    private final JdbcClient jdbc;

    OrderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Order> find(String id) {
        return jdbc.sql("SELECT * FROM orders WHERE id = :id").param("id", id).query(OrderRows::read).optional();
    }

    List<Order> find(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : jdbc.sql("SELECT * FROM orders WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new)).query(OrderRows::read).list();
    }

    /** The orders there are, locked until the transaction ends. */
    Map<String, Order> lock(Collection<String> ids) {
        Map<String, Order> orders = new TreeMap<>();
        jdbc.sql(LOCK).param("ids", ids.toArray(String[]::new)).query(OrderRows::read).list()
                .forEach(order -> orders.put(order.id(), order));
        return orders;
    }

    /** Locks those of the ids that no order has. */
    void lockAbsent(Collection<String> ids) {
        jdbc.sql(LOCK_ABSENT).param("ids", ids.toArray(String[]::new)).query(Long.class).single();
    }

    /**
     * @param wishes of different ids
     * @return the new orders, by id; whose id is live is not among them
     */
    Map<String, Order> insert(Collection<NewOrder> wishes, Duration paymentDue) {
        List<NewOrder> orders = List.copyOf(wishes);
        Map<String, Order> created = new TreeMap<>();
        jdbc.sql(INSERT)
                .param("id", Columns.of(orders, NewOrder::id))
                .param("storeId", Columns.of(orders, o -> o.content().storeId()))
                .param("kind", Columns.of(orders, o -> o.content().kind()))
                .param("amount", Columns.of(orders, o -> o.content().amount()))
                .param("currency", Columns.of(orders, o -> o.content().currency()))
                .param("items", Columns.of(orders, o -> o.content().items()))
                .param("readyAt", Columns.of(orders, o -> o.ready().at()))
                .param("readyFrom", Columns.of(orders, o -> o.ready().from()))
                .param("readyAsOf", Columns.of(orders, o -> o.ready().asOf()))
                .param("deliveredAt", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().at()))
                .param("deliveredFrom", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().from()))
                .param("deliveredAsOf", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().asOf()))
                .param("paymentDue", paymentDue.toString())
                .query(OrderRows::read).list().forEach(order -> created.put(order.id(), order));
        return created;
    }

    /** Takes back what this very transaction inserted. */
    void withdraw(Collection<String> ids) {
        jdbc.sql(WITHDRAW).param("ids", ids.toArray(String[]::new)).update();
    }

    /** @param read the orders as they were read, by id, for their versions */
    void update(List<Order> orders, Map<String, Order> read) {
        int updated = jdbc.sql(UPDATE)
                .param("id", Columns.of(orders, Order::id))
                .param("read", Columns.of(orders, o -> read.get(o.id()).version()))
                .param("version", Columns.of(orders, Order::version))
                .param("make", Columns.of(orders, o -> o.making().state()))
                .param("makeSince", Columns.of(orders, o -> o.making().since()))
                .param("paymentId", Columns.of(orders, o -> o.making().paymentId()))
                .param("paidAt", Columns.of(orders, o -> o.making().paidAt()))
                .param("ticketId", Columns.of(orders, o -> o.making().ticketId()))
                .param("delivery", Columns.of(orders, o -> o.delivery().state()))
                .param("deliverySince", Columns.of(orders, o -> o.delivery().since()))
                .param("noteId", Columns.of(orders, o -> o.delivery().noteId()))
                .param("attempt", Columns.of(orders, o -> o.delivery().attempt()))
                .param("courier", Columns.of(orders, o -> o.delivery().courier()))
                .param("cancel", Columns.of(orders, o -> o.cancel().state()))
                .param("cancelSince", Columns.of(orders, o -> o.cancel().since()))
                .param("cancelReason", Columns.of(orders, o -> o.cancel().reason()))
                .param("readyAt", Columns.of(orders, o -> o.ready().at()))
                .param("readyFrom", Columns.of(orders, o -> o.ready().from()))
                .param("readyAsOf", Columns.of(orders, o -> o.ready().asOf()))
                .param("deliveredAt", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().at()))
                .param("deliveredFrom", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().from()))
                .param("deliveredAsOf", Columns.of(orders, o -> o.delivered() == null ? null : o.delivered().asOf()))
                .param("paymentDue", Columns.of(orders, o -> at(o.dues().payment())))
                .param("baristaOwes", Columns.of(orders, o -> debt(o.dues().barista())))
                .param("baristaDue", Columns.of(orders, o -> at(o.dues().barista())))
                .param("dispatchOwes", Columns.of(orders, o -> debt(o.dues().dispatch())))
                .param("dispatchDue", Columns.of(orders, o -> at(o.dues().dispatch())))
                .param("settlement", Columns.of(orders, o -> o.settled() == null ? null : o.settled().as()))
                .param("settledAt", Columns.of(orders, o -> o.settled() == null ? null : o.settled().at()))
                .update();
        if (updated != orders.size()) {
            throw new OptimisticLockingFailureException("the database refused " + (orders.size() - updated) + " of "
                    + orders.size() + " transitions of locked orders; the batch is rolled back and read again");
        }
    }

    /** Paid orders of a store that the barista has no known ticket for, by id. */
    List<Order> unaccepted(String storeId, String after, int limit) {
        return jdbc.sql(UNACCEPTED).param("storeId", storeId).param("after", after).param("limit", limit)
                .query(OrderRows::read).list();
    }

    /** Made orders for delivery that dispatch has no known note for, by id. */
    List<Order> madeWithoutNote(String after, int limit) {
        return jdbc.sql(MADE_WITHOUT_NOTE).param("after", after).param("limit", limit).query(OrderRows::read).list();
    }

    static Order read(ResultSet row, int rowNumber) throws SQLException {
        String settlement = row.getString("settlement");
        return new Order(row.getString("id"), row.getLong("version"),
                new Order.Content(row.getString("store_id"), Kind.valueOf(row.getString("kind")),
                        row.getLong("amount"), row.getString("currency"), row.getString("items")),
                Columns.instant(row, "confirmed_at"),
                new Order.Making(MakeState.valueOf(row.getString("make")), Columns.instant(row, "make_since"),
                        row.getString("payment_id"), Columns.instant(row, "paid_at"), row.getString("ticket_id")),
                new Order.Delivery(DeliveryState.valueOf(row.getString("delivery")),
                        Columns.instant(row, "delivery_since"), row.getString("note_id"), row.getInt("attempt"),
                        row.getString("courier")),
                new Order.Cancel(CancelState.valueOf(row.getString("cancel")), Columns.instant(row, "cancel_since"),
                        row.getString("cancel_reason")),
                estimate(row, "ready"), estimate(row, "delivered"),
                new Dues(due(Debt.PAYMENT.name(), Columns.instant(row, "payment_due")),
                        due(row.getString("barista_owes"), Columns.instant(row, "barista_due")),
                        due(row.getString("dispatch_owes"), Columns.instant(row, "dispatch_due"))),
                settlement == null ? null
                        : new Order.Settled(Settlement.valueOf(settlement), Columns.instant(row, "settled_at")));
    }

    private static Dues.Due due(String debt, Instant at) {
        return at == null ? null : new Dues.Due(Debt.valueOf(debt), at);
    }

    private static Instant at(Dues.Due due) {
        return due == null ? null : due.at();
    }

    private static Debt debt(Dues.Due due) {
        return due == null ? null : due.debt();
    }

    private static Estimate estimate(ResultSet row, String name) throws SQLException {
        Instant at = Columns.instant(row, name + "_at");
        return at == null ? null
                : new Estimate(at, row.getString(name + "_from"), Columns.instant(row, name + "_as_of"));
    }
}
