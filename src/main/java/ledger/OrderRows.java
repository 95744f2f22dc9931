package ledger;

import contract.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import ledger.order.CancelState;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Estimate;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Settlement;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code orders}: orders that are not settled, or not for long. */
final class OrderRows {

    /**
     * Rows are locked in the order of their ids, so that two batches never wait in a circle. The ids come through a
     * subquery, so that the planner doesn't see how many there are: it would make a new plan each time.
     */
    private static final String LOCK = """
            SELECT locked.*, clock_timestamp() AS now
            FROM (SELECT * FROM orders WHERE id = ANY(ARRAY(SELECT unnest(:ids::text[]))) ORDER BY id FOR UPDATE) AS locked
            """;

    /**
     * An absent order has no row to lock. Its id is locked instead, by a batch that misses it and by one that inserts it.
     */
    private static final String LOCK_ABSENT = """
            SELECT count(pg_advisory_xact_lock(key))
            FROM (SELECT hashtextextended(n.id, 0) AS key FROM unnest(:ids) AS n(id)
                  WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = n.id) ORDER BY key) AS keys
            """;

    /** Waits for no lock. The id of an absent order is locked if {@link #LOCK_ABSENT} would have to wait. */
    private static final String HELD = """
            WITH free AS MATERIALIZED (
                SELECT id FROM orders WHERE id = ANY(:ids) ORDER BY id FOR UPDATE SKIP LOCKED)
            SELECT n.id FROM unnest(:ids) AS n(id)
            WHERE n.id NOT IN (SELECT id FROM free)
              AND CASE WHEN EXISTS (SELECT FROM orders o WHERE o.id = n.id) THEN true
                       ELSE NOT pg_try_advisory_xact_lock(hashtextextended(n.id, 0)) END
            """;

    /** All later batches of the lane wait with this one. Two hubs that have the same order wait for milliseconds. */
    private static final String WAIT_SHORTLY = "SELECT set_config('lock_timeout', '500ms', true)";

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
     * The database guards the transition: a row that changed since it was read, or whose make state would go back, is left
     * alone. As the rows are locked, neither can happen; it is checked nevertheless.
     */
    private static final String UPDATE = """
            UPDATE orders o
            SET version = n.version, make = n.make${set}
            FROM unnest(:id::text[], :read::bigint[], :version::bigint[], :make::make_state[]${arrays})
                 AS n(id, read, version, make${names})
            WHERE o.id = n.id AND o.version = n.read AND o.make <= n.make
            """;

    /** A column that a transition may change, beside the state of the making. */
    private record Column(String name, String type, Function<Order, Object> of) {

        String set() {
            return name + " = n." + name;
        }

        String array() {
            return ":" + name + "::" + type + "[]";
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("make_since", "timestamptz", o -> o.making().since()),
            new Column("payment_id", "text", o -> o.making().paymentId()),
            new Column("paid_at", "timestamptz", o -> o.making().paidAt()),
            new Column("ticket_id", "text", o -> o.making().ticketId()),
            new Column("ticket_hearsay", "boolean", o -> o.making().hearsay()),
            new Column("delivery", "delivery_state", o -> o.delivery().state()),
            new Column("delivery_since", "timestamptz", o -> o.delivery().since()),
            new Column("note_id", "text", o -> o.delivery().noteId()),
            new Column("attempt", "int", o -> o.delivery().attempt()),
            new Column("courier", "text", o -> o.delivery().courier()),
            new Column("cancel", "cancel_state", o -> o.cancel().state()),
            new Column("cancel_since", "timestamptz", o -> o.cancel().since()),
            new Column("cancel_reason", "text", o -> o.cancel().reason()),
            new Column("ready_at", "timestamptz", o -> o.ready().at()),
            new Column("ready_from", "text", o -> o.ready().from()),
            new Column("ready_as_of", "timestamptz", o -> o.ready().asOf()),
            new Column("delivered_at", "timestamptz", o -> o.delivered() == null ? null : o.delivered().at()),
            new Column("delivered_from", "text", o -> o.delivered() == null ? null : o.delivered().from()),
            new Column("delivered_as_of", "timestamptz", o -> o.delivered() == null ? null : o.delivered().asOf()),
            new Column("payment_due", "timestamptz", o -> at(o.dues().payment())),
            new Column("barista_owes", "debt", o -> debt(o.dues().barista())),
            new Column("barista_due", "timestamptz", o -> at(o.dues().barista())),
            new Column("dispatch_owes", "debt", o -> debt(o.dues().dispatch())),
            new Column("dispatch_due", "timestamptz", o -> at(o.dues().dispatch())),
            new Column("settlement", "settlement", o -> o.settled() == null ? null : o.settled().as()),
            new Column("settled_at", "timestamptz", o -> o.settled() == null ? null : o.settled().at()));

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

    /**
     * Locks those of the orders that have rows, until the transaction ends.
     *
     * @param locked is given each of them
     * @param now    is given the time at which each was locked, in sequence
     */
    Read<Order> locking(Collection<String> ids, Consumer<Order> locked, Consumer<Instant> now) {
        return new Read<>(LOCK, Map.of("ids", ids.toArray(String[]::new)), (row, n) -> {
            now.accept(Columns.instant(row, "now"));
            return read(row, n);
        }, locked);
    }

    /** From now on, the transaction fails when it has waited half a second for a lock. */
    static Read<String> waitShortly() {
        return new Read<>(WAIT_SHORTLY, Map.of(), (row, n) -> row.getString(1), set -> { });
    }

    /** @param held is given the ids whose row, or whose absence, another transaction has locked */
    static Read<String> held(Collection<String> ids, Consumer<String> held) {
        return new Read<>(HELD, Map.of("ids", ids.toArray(String[]::new)), (row, n) -> row.getString("id"), held);
    }

    /** Locks those of the ids that no order has. */
    void lockAbsent(Collection<String> ids) {
        jdbc.sql(LOCK_ABSENT).param("ids", ids.toArray(String[]::new)).query(Long.class).single();
    }

    /**
     * @param wishes of different ids
     * @return the new orders, by id; without those whose id is in the table already
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

    /** Deletes what this same transaction has inserted. */
    void withdraw(Collection<String> ids) {
        jdbc.sql(WITHDRAW).param("ids", ids.toArray(String[]::new)).update();
    }

    /**
     * @param read the orders as they were read, by id
     * @param with other statements for the same exchange with the database
     */
    void update(List<Order> orders, Map<String, Order> read, List<Write> with) {
        List<Write> all = new ArrayList<>();
        all.add(updating(orders, read));
        all.addAll(with);
        int updated = Write.all(jdbc, all);
        if (updated != orders.size()) {
            throw new OptimisticLockingFailureException("the database refused " + (orders.size() - updated) + " of "
                    + orders.size() + " transitions of locked orders; the batch is rolled back and read again");
        }
    }

    private static Write updating(List<Order> orders, Map<String, Order> read) {
        List<Column> changed = COLUMNS.stream().filter(column -> orders.stream().anyMatch(order ->
                !Objects.equals(column.of().apply(order), column.of().apply(read.get(order.id()))))).toList();
        Map<String, Object> values = new HashMap<>();
        values.put("id", Columns.of(orders, Order::id));
        values.put("read", Columns.of(orders, o -> read.get(o.id()).version()));
        values.put("version", Columns.of(orders, Order::version));
        values.put("make", Columns.of(orders, o -> o.making().state()));
        changed.forEach(column -> values.put(column.name(), Columns.of(orders, column.of())));
        return new Write(update(changed), values);
    }

    /** Names only the columns that change: each one costs the database, whether its values are new or not. */
    private static String update(List<Column> changed) {
        return UPDATE.replace("${set}", joined(changed, Column::set)).replace("${arrays}", joined(changed, Column::array))
                .replace("${names}", joined(changed, Column::name));
    }

    private static String joined(List<Column> columns, Function<Column, String> part) {
        return columns.stream().map(column -> ", " + part.apply(column)).collect(Collectors.joining());
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
                        row.getString("payment_id"), Columns.instant(row, "paid_at"), row.getString("ticket_id"),
                        row.getBoolean("ticket_hearsay")),
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
