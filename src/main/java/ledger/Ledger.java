package ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The durable truth of all orders. What a method has returned is committed.
 *
 * <p>Every method may throw Spring's {@link org.springframework.dao.DataAccessException}. All of its work has happened
 * then, or none; the same call may be made again, and does nothing twice.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** Two batches that wait for each other: PostgreSQL ends one of them, which simply starts again. */
    private static final int ATTEMPTS = 3;

    static final String FLOW = """
            SELECT (SELECT count(*) FROM (SELECT id FROM orders WHERE payment_due IS NOT NULL
                                          UNION SELECT id FROM orders WHERE barista_due IS NOT NULL
                                          UNION SELECT id FROM orders WHERE dispatch_due IS NOT NULL) AS owed)
                       AS in_flight,
                   (SELECT count(*) FROM (
                       SELECT id FROM orders WHERE barista_due <= now() AND make_since <= now() - :barista::interval
                       UNION SELECT id FROM orders
                       WHERE dispatch_due <= now()
                         AND coalesce(delivery_since, make_since) <= now() - :dispatch::interval) AS late)
                       AS late
            """;

    private final Rows rows;
    private final TransactionTemplate transaction;
    private final Patience patience;
    private final Transitions transitions;
    private final Announcer announcer;

    public Ledger(JdbcClient jdbc, TransactionTemplate transaction, Patience patience, Announcer announcer) {
        this.rows = new Rows(jdbc);
        this.transaction = transaction;
        this.patience = patience;
        this.transitions = new Transitions(patience);
        this.announcer = announcer;
    }

    /**
     * Writes a new order, unless its id is taken.
     *
     * @param delivered null for an order that is fetched
     * @param steps     what led to it, for its timeline
     */
    public Confirmation confirm(String id, Order.Content content, Estimate ready, Estimate delivered, List<Step> steps) {
        Confirmed confirmed = inTransaction(() -> {
            Optional<Order> created = rows.orders().insert(id, content, ready, delivered, patience.payment());
            // Only after the insert, in a statement of its own: an order that left the live table before it is in
            // history by now, and none of this id can leave it after.
            Optional<Order> known = created.isPresent() ? rows.history().find(id) : find(id);
            if (known.isPresent()) {
                created.ifPresent(order -> rows.orders().withdraw(id));
                return new Confirmed(known.get().content().equals(content) ? new Confirmation.Same(known.get())
                        : new Confirmation.Different(known.get()), List.of());
            }
            Order order = created.orElseThrow();
            rows.timeline().insert(steps);
            Batch.Written early = new Batch(rows, transitions).applyEarly(order);
            List<Batch.Announcement> announcements = new ArrayList<>();
            announcements.add(new Batch.Announcement(Change.CONFIRMED, order));
            announcements.addAll(early.announcements());
            return new Confirmed(new Confirmation.Created(order, early.results()), announcements);
        });
        if (confirmed.confirmation() instanceof Confirmation.Created created) {
            created.freed().forEach(result -> LOG.info("{}", result));
        }
        announce(confirmed.announcements());
        return confirmed.confirmation();
    }

    private record Confirmed(Confirmation confirmation, List<Batch.Announcement> announcements) {
    }

    /**
     * Applies events to their orders, in their sequence, all in one transaction. Each event has a result of its own;
     * one that changes nothing is an answer, not an error.
     *
     * @return the results of {@code arrivals} in their sequence, followed by those of early events that they set free
     */
    public List<Result> apply(List<Arrival> arrivals) {
        Batch.Written written = inTransaction(() -> new Batch(rows, transitions).apply(arrivals));
        written.results().forEach(result -> LOG.info("{}", result));
        announce(written.announcements());
        return written.results();
    }

    /** Adds what became of messages that went out. */
    public void record(List<Step> steps) {
        rows.timeline().insert(steps);
    }

    /** Keeps what can't be processed. @return how many of them were not kept before */
    public int park(List<Parked> messages) {
        int fresh = rows.parked().insert(messages);
        messages.forEach(m -> LOG.warn("order={} parked via={} source={}: {}; it waits in the table parked",
                m.orderId(), m.arrow(), m.source(), m.cause()));
        return fresh;
    }

    public long parked() {
        return rows.parked().count();
    }

    /** An order that is live, or was not long ago. Cheaper than {@link #find}, which looks through all days too. */
    public Optional<Order> findLive(String orderId) {
        return rows.orders().find(orderId);
    }

    /** Live or settled long ago. In this order: an order moves to history, and never back. */
    public Optional<Order> find(String orderId) {
        return rows.orders().find(orderId).or(() -> rows.history().find(orderId));
    }

    /** The order's first thousand steps, oldest first. */
    public List<Step> timeline(String orderId) {
        return rows.timeline().of(orderId);
    }

    /** Paid orders of a store without a known ticket, after the given id, in the order of ids. */
    public List<Order> unaccepted(String storeId, String after, int limit) {
        return rows.orders().unaccepted(storeId, after, limit);
    }

    /** Made orders for delivery without a known note, after the given id, in the order of ids. */
    public List<Order> madeWithoutNote(String after, int limit) {
        return rows.orders().madeWithoutNote(after, limit);
    }

    public Flow flow() {
        return rows.jdbc().sql(FLOW)
                .param("barista", patience.barista().toString()).param("dispatch", patience.dispatch().toString())
                .query((row, n) -> new Flow(row.getLong("in_flight"), row.getLong("late"))).single();
    }

    /** Ends orders that were not paid in time. Any number of hubs may do it at once. @return how many of them */
    public int expireUnpaid(String arrow, int most) {
        List<Arrival> expired = rows.orders().unpaidSince(patience.unpaid(), most).stream()
                .map(id -> new Arrival(new Event.Expired(id), arrow, Way.PULL)).toList();
        if (!expired.isEmpty()) {
            return (int) apply(expired).stream().filter(result -> result.outcome() == Outcome.APPLIED).count();
        }
        return 0;
    }

    /** Parks events whose order, or its payment, did not come in time. Any number of hubs may do it at once. */
    public int parkOverdueEarly(int most) {
        return inTransaction(() -> {
            List<Arrival> overdue = rows.early().takeOverdue(patience.early(), most);
            if (overdue.isEmpty()) {
                return 0;
            }
            String cause = "early, and what it waits for did not come within " + patience.early();
            rows.parked().insert(overdue.stream().map(arrival -> arrival.parked(cause)).toList());
            rows.timeline().insert(overdue.stream().map(arrival -> new Step(arrival.event().orderId(),
                    arrival.arrow(), arrival.way(), Outcome.PARKED, cause)).toList());
            List<PaymentRows.Judgement> payments = overdue.stream().map(Arrival::event)
                    .filter(Event.Paid.class::isInstance).map(Event.Paid.class::cast)
                    .map(paid -> new PaymentRows.Judgement(paid.paymentId(), PaymentRows.Status.PARKED, "no order came"))
                    .toList();
            if (!payments.isEmpty()) {
                rows.payments().judge(payments);
            }
            return overdue.size();
        });
    }

    private <T> T inTransaction(Supplier<T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return transaction.execute(status -> work.get());
            } catch (ConcurrencyFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("a batch lost a race and starts again, attempt {} of {}: {}", attempt + 1, ATTEMPTS,
                        e.getMostSpecificCause().getMessage());
            }
        }
    }

    private void announce(List<Batch.Announcement> announcements) {
        Map<Change, List<Order>> byChange = new EnumMap<>(Change.class);
        announcements.forEach(a -> byChange.computeIfAbsent(a.change(), c -> new ArrayList<>()).add(a.order()));
        byChange.forEach(announcer::announce);
    }
}
