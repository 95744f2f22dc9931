package ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ledger.order.Order;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * What is asked about orders, and what waits for a person. Nothing here changes a row.
 * <pre>{@code
 * Optional<Order> order = queries.find("81");
 * List<Order> firstPage = queries.unaccepted("store-7", "", 100);
 * }</pre>
 *
 * <p>Every method reads what is committed, and throws Spring's {@link org.springframework.dao.DataAccessException} when the
 * database doesn't answer. What counts or lists pending work costs what is pending, however much is settled.
 */
public final class OrderQueries {

    static final String FLOW = """
            SELECT (SELECT count(*) FROM (SELECT id FROM orders WHERE payment_due IS NOT NULL
                                          UNION SELECT id FROM orders WHERE barista_owes IS NOT NULL
                                          UNION SELECT id FROM orders WHERE dispatch_owes IS NOT NULL) AS owed)
                       AS in_flight,
                   (SELECT count(*) FROM (
                       SELECT id FROM orders WHERE barista_owes IS NOT NULL AND barista_due <= now()
                       UNION SELECT id FROM orders WHERE dispatch_owes IS NOT NULL AND dispatch_due <= now()
                       UNION SELECT o.id FROM attempt a JOIN orders o ON o.id = a.order_id
                       WHERE a.debt IN (o.barista_owes, o.dispatch_owes)) AS late)
                       AS late
            """;

    private final Rows rows;
    private final OrderSearch search;
    private final OwedNow owed;

    public OrderQueries(NamedParameterJdbcOperations jdbc) {
        this.rows = new Rows(jdbc);
        this.search = new OrderSearch(rows.jdbc());
        this.owed = new OwedNow(rows.jdbc());
    }

    /** The order of that id, live or in history. */
    public Optional<Order> find(String orderId) {
        // In this sequence: an order moves to history and never back.
        return rows.orders().find(orderId).or(() -> rows.history().find(orderId));
    }

    /** The order's steps, oldest first; of more than a thousand, the first 500 and the last 500. */
    public List<Step> timeline(String orderId) {
        return rows.timeline().of(orderId);
    }

    /**
     * Looks for orders, the newest first.
     *
     * @param after {@link OrderPage#next} of the page before; null for the first page
     * @param limit the most orders of a page; a page may hold fewer, or none, although more follow
     * @return empty when there is no order {@code after}
     */
    public Optional<OrderPage> search(OrderFilter filter, String after, int limit) {
        return search.find(filter, after, limit);
    }

    /** Paid orders of a store that have no known ticket, with ids greater than {@code after}, sorted by id. */
    public List<Order> unaccepted(String storeId, String after, int limit) {
        return rows.orders().unaccepted(storeId, after, limit);
    }

    /** Made orders for delivery that have no known note, with ids greater than {@code after}, sorted by id. */
    public List<Order> madeWithoutNote(String after, int limit) {
        return rows.orders().madeWithoutNote(after, limit);
    }

    /** How many orders are under way, and how many of them are late. */
    public Flow flow() {
        return rows.jdbc().sql(FLOW)
                .query((row, n) -> new Flow(row.getLong("in_flight"), row.getLong("late"))).single();
    }

    /** How many orders are owed what. A debt of no order may be missing; each arrow that was added is there. */
    public List<Owed> owed() {
        return owed.read();
    }

    /** How many parked messages wait for a person. */
    public long parked() {
        return rows.parked().count();
    }

    /**
     * Payments whose money must go back, the longest due first.
     *
     * @param after the payment id of the last one of the page before; null for the first page
     * @return empty when there is no payment {@code after}
     */
    public Optional<List<Refund>> refundsDue(String after, int limit) {
        if (after == null) {
            return Optional.of(rows.payments().refundsDue(null, limit));
        }
        return rows.payments().any(after).map(last -> rows.payments().refundsDue(last, limit));
    }

    /** Orders confirmed at that time or later have the time of confirmation in their idempotency keys. It never changes. */
    public Instant keysCarryTheTimeFrom() {
        return rows.jdbc().sql("SELECT confirmed_from FROM key_cut_over")
                .query((row, n) -> Columns.instant(row, "confirmed_from")).single();
    }
}
