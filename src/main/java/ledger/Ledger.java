package ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import ledger.order.Change;
import ledger.order.Debt;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Patience;
import ledger.order.Stores;
import ledger.order.Transitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes orders, durably: what a method has returned is committed.
 * <pre>{@code
 * ledger.confirm(List.of(newOrder));
 * List<Result> results = ledger.apply(List.of(new Arrival(event, "made", Way.PUSH)));   // one result per arrival, then more
 * }</pre>
 *
 * <p>Every method may throw Spring's {@link org.springframework.dao.DataAccessException}. All of its work was done then, or
 * none; the call may be repeated, and does nothing twice.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private static final String LOCKED = "kept: another session of the database has locked the order";

    /** PostgreSQL's SQLSTATE when a lock was waited for as long as {@code lock_timeout} allows. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    final Rows rows;
    final Transactions transactions;
    private volatile Patience patience;
    /** The last ones that were logged, so that the next call doesn't log them again. */
    private volatile List<String> unknownKinds = List.of();
    private final Announcer announcer;

    public Ledger(NamedParameterJdbcOperations jdbc, TransactionTemplate transaction, Patience patience,
                  Announcer announcer) {
        this.rows = new Rows(jdbc);
        this.transactions = new Transactions(transaction);
        this.patience = patience;
        this.announcer = announcer;
    }

    /**
     * From now on, a pull looks when a side has been silent for so long.
     *
     * @param arrow the id of the pull's route
     * @param age   how long the side may be silent about this debt
     */
    public synchronized void allow(String arrow, Debt debt, Stores stores, Duration age) {
        patience = patience.with(arrow, new Patience.Pull(debt, stores, age));
    }

    /**
     * Writes new orders, except those whose ids are taken, in one transaction.
     *
     * @return one for each wish, in their sequence
     * @throws OrdersHeld when another session of the database keeps some of them locked
     */
    public List<Confirmation> confirm(List<NewOrder> wishes) {
        Confirmed confirmed = unlessHeld(wishes.stream().map(NewOrder::id).toList(),
                () -> transactions.run(() -> confirmAll(wishes)));
        Result.log(LOG, confirmed.freed());
        announce(confirmed.announcements());
        return confirmed.confirmations();
    }

    private record Confirmed(List<Confirmation> confirmations, List<Result> freed,
                             List<Announcement> announcements) {
    }

    private Confirmed confirmAll(List<NewOrder> wishes) {
        Map<String, NewOrder> first = new LinkedHashMap<>();
        wishes.forEach(wish -> first.putIfAbsent(wish.id(), wish));
        Map<String, Order> created = rows.orders().insert(first.values(), patience.age(Debt.PAYMENT));
        // After the insert, and in a statement of its own: an order that left the live table before the insert is in history
        // by now, and no order of this id can leave the live table after it.
        Map<String, Order> known = new HashMap<>(rows.history().find(created.keySet()));
        if (!known.isEmpty()) {
            rows.orders().withdraw(known.keySet());
            created.keySet().removeAll(known.keySet());
        }
        known.putAll(rows.find(first.keySet().stream()
                .filter(id -> !created.containsKey(id) && !known.containsKey(id)).toList()));
        if (created.size() + known.size() < first.size()) {
            throw new OptimisticLockingFailureException("an order was dropped with its day while its id was asked for");
        }

        List<Step> steps = created.keySet().stream().flatMap(id -> first.get(id).steps().stream()).toList();
        if (!steps.isEmpty()) {
            rows.timeline().insert(steps);
        }
        Batch.Written early = batch().applyEarly(created.values());
        List<Announcement> announcements = new ArrayList<>();
        created.values().forEach(order -> announcements.add(new Announcement(Change.CONFIRMED, order)));
        if (!announcements.isEmpty()) {
            Write.all(rows.jdbc(), List.of(rows.owed().owing(announcements)));
        }
        announcements.addAll(early.announcements());
        List<Confirmation> confirmations = wishes.stream()
                .map(wish -> confirmation(wish, first, created, known, early.results())).toList();
        return new Confirmed(confirmations, early.results(), announcements);
    }

    private static Confirmation confirmation(NewOrder wish, Map<String, NewOrder> first, Map<String, Order> created,
                                             Map<String, Order> known, List<Result> freed) {
        String id = wish.id();
        Order order = created.getOrDefault(id, known.get(id));
        if (created.containsKey(id) && first.get(id) == wish) {
            return new Confirmation.Created(order,
                    freed.stream().filter(result -> result.arrival().event().orderId().equals(id)).toList());
        }
        return order.content().equals(wish.content()) ? new Confirmation.Same(order) : new Confirmation.Different(order);
    }

    /**
     * Applies events to their orders, in their sequence, in one transaction. Each event has a result of its own; that it
     * changes nothing is a result, too, and no error.
     *
     * @return the results of {@code arrivals} in their sequence, followed by those of early events that they set free
     * @throws OrdersHeld when another session of the database keeps some of the orders locked
     */
    public List<Result> apply(List<Arrival> arrivals) {
        Batch.Written written = unlessHeld(arrivals.stream().map(arrival -> arrival.event().orderId()).distinct().toList(),
                () -> written(batch -> batch.apply(arrivals)));
        Result.log(LOG, written.results());
        announce(written.announcements());
        return written.results();
    }

    /**
     * Those of the orders that another session of the database has locked at this moment, be it another hub's batch. Waits
     * for none of them.
     */
    public Set<String> held(Collection<String> orderIds) {
        Set<String> held = new HashSet<>();
        Read.all(rows.several(), List.of(OrderRows.waitShortly(), OrderRows.held(orderIds, held::add)));
        return held;
    }

    /**
     * Keeps events whose orders are locked. They are stored as if they had come too early, and applied when they have waited
     * as long as such events may.
     */
    public List<Result> keep(List<Arrival> arrivals) {
        List<Result> kept = transactions.run(() -> {
            List<Arrival> beyond = rows.early().insert(arrivals);
            if (!beyond.isEmpty()) {
                rows.parked().insert(beyond.stream().map(arrival -> arrival.parked(LOCKED)).toList());
            }
            rows.timeline().insert(arrivals.stream().map(arrival -> new Step(arrival.event().orderId(), arrival.arrow(),
                    arrival.way(), beyond.contains(arrival) ? Outcome.PARKED : Outcome.EARLY, LOCKED)).toList());
            return arrivals.stream().map(arrival ->
                    new Result(arrival, Outcome.EARLY, null, null, LOCKED, beyond.contains(arrival))).toList();
        });
        Result.log(LOG, kept);
        return kept;
    }

    /** Adds steps to timelines: what became of messages that went out. */
    public void record(List<Step> steps) {
        rows.timeline().insert(steps);
    }

    /** Keeps messages that can't be processed, for a person. @return how many of them were not kept before */
    public int park(List<Parked> messages) {
        int fresh = rows.parked().insert(messages);
        messages.stream().limit(1).forEach(m -> LOG.warn("order={} parked via={} source={}: {}; it waits for an operator, with "
                + "{} more of the same batch, see GET /api/parked", m.orderId(), m.arrow(), m.source(), m.cause(),
                messages.size() - 1));
        return fresh;
    }

    /**
     * Parks early events whose order or payment did not come in time. Any that were missed when it came are applied. Any
     * number of hubs may call this at once.
     *
     * @param most upper bound of the events that are looked at
     * @return how many were parked
     */
    public int parkOverdueEarly(int most) {
        Duration wait = patience.early();
        List<String> unknown = rows.early().unknownKinds(wait);
        if (!unknown.isEmpty() && !unknown.equals(unknownKinds)) {
            LOG.warn("early events of kinds that this release doesn't know have waited for {}: {}; they stay for a hub of"
                    + " the newer release, which applies or parks them: start one", wait, unknown);
        }
        unknownKinds = unknown;
        List<String> orderIds = rows.early().overdue(wait, most);
        if (orderIds.isEmpty()) {
            return 0;
        }
        Batch.Written written = appliedOrParked(orderIds, wait, most);
        Result.log(LOG, written.results());
        announce(written.announcements());
        return (int) written.results().stream().filter(result -> result.outcome() == Outcome.PARKED).count();
    }

    /** Early events of locked orders go on waiting. */
    private Batch.Written appliedOrParked(List<String> orderIds, Duration wait, int most) {
        try {
            return unlessHeld(orderIds, () -> written(batch -> batch.applyOrPark(orderIds, wait, most)));
        } catch (OrdersHeld e) {
            List<String> free = orderIds.stream().filter(id -> !e.ids().contains(id)).toList();
            return free.isEmpty() ? new Batch.Written(List.of(), List.of())
                    : written(batch -> batch.applyOrPark(free, wait, most));
        }
    }

    /** @param ids of the orders that the work locks */
    private <T> T unlessHeld(Collection<String> ids, Supplier<T> work) {
        try {
            return work.get();
        } catch (UncategorizedSQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLException().getSQLState())) {
                throw e;
            }
            Set<String> held = held(ids);
            if (held.isEmpty()) {
                // The lock was released meanwhile; or a whole table is locked, as by a statement that changes it.
                return work.get();
            }
            throw new OrdersHeld(held, e);
        }
    }

    /** First as if all of the orders had rows, as they nearly always have. */
    private Batch.Written written(Function<Batch, Batch.Written> work) {
        try {
            return transactions.run(() -> work.apply(new Batch(rows, new Transitions(patience), false)));
        } catch (Batch.SomeAbsent e) {
            return transactions.run(() -> work.apply(batch()));
        }
    }

    /** A batch some of whose orders may have no row. */
    Batch batch() {
        return new Batch(rows, new Transitions(patience), true);
    }

    void announce(List<Announcement> announcements) {
        Map<Change, List<Order>> byChange = new EnumMap<>(Change.class);
        announcements.forEach(a -> byChange.computeIfAbsent(a.change(), c -> new ArrayList<>()).add(a.order()));
        byChange.forEach(announcer::announce);
    }
}
