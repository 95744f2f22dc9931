package ledger;

import contract.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
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

    private static final String LOCKED = "kept: another session of the database has locked the order";

    /** Orders in one transaction. */
    private static final int RECALLED = 1_000;

    /** PostgreSQL's: a lock was waited for as long as {@code lock_timeout} allows. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

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

    final Rows rows;
    private final TransactionTemplate transaction;
    private volatile Patience patience;
    private final Announcer announcer;

    public Ledger(NamedParameterJdbcOperations jdbc, TransactionTemplate transaction, Patience patience,
                  Announcer announcer) {
        this.rows = new Rows(jdbc);
        this.transaction = transaction;
        this.patience = patience;
        this.announcer = announcer;
    }

    /** From now on, this is how long a side may be silent about what it owes before this arrow, a pull, looks. */
    public synchronized void allow(String arrow, Debt debt, Stores stores, Duration age) {
        patience = patience.with(arrow, new Patience.Pull(debt, stores, age));
    }

    /** Of all stores. */
    WorkQueue pending(Debt debt, Duration age) {
        return pending(debt, Stores.ALL, age);
    }

    /** Orders that were confirmed then or later have the time of that in their idempotency keys; it never changes. */
    public Instant keysCarryTheTimeFrom() {
        return rows.jdbc().sql("SELECT confirmed_from FROM key_cut_over")
                .query((row, n) -> Columns.instant(row, "confirmed_from")).single();
    }

    /** What a side owes, for a pull to work off. @param age how long its silence must have lasted */
    public WorkQueue pending(Debt debt, Stores stores, Duration age) {
        return new WorkQueue() {
            @Override
            public void recall(Duration longest) {
                repeat(() -> rows.debts().recall(debt, longest, RECALLED));
            }

            @Override
            public Claim claim(int most, Duration lease) {
                return inTransaction(() -> rows.debts().claim(debt, stores, most, age, lease));
            }

            @Override
            public List<String> settle(Claim claim, Map<String, String> causes, Backoff pause) {
                return inTransaction(() -> rows.debts().settle(debt, claim, causes, pause));
            }

            @Override
            public void release(Claim claim, String cause) {
                inTransaction(() -> rows.debts().release(debt, claim, age, cause));
            }
        };
    }

    /** What is owed over an arrow that was added by {@link #guarantee}, for a pull to work off. */
    public WorkQueue owed(String arrow) {
        return new WorkQueue() {
            @Override
            public void recall(Duration longest) {
                repeat(() -> rows.owed().recall(arrow, longest, RECALLED));
            }

            @Override
            public Claim claim(int most, Duration lease) {
                long asked = System.nanoTime();
                Map.Entry<UUID, List<String>> taken = inTransaction(() -> rows.owed().claim(arrow, most, lease));
                Map<String, Order> orders = known(taken.getValue());
                List<String> gone = taken.getValue().stream().filter(id -> !orders.containsKey(id)).toList();
                if (!gone.isEmpty()) {
                    LOG.warn("arrow={} {} orders from {} on were dropped with their day and are owed no longer", arrow,
                            gone.size(), gone.get(0));
                    acknowledge(arrow, gone);
                }
                return Claim.begun(taken.getKey(), List.copyOf(orders.values()), taken.getValue().size(), asked, lease);
            }

            @Override
            public List<String> settle(Claim claim, Map<String, String> causes, Backoff pause) {
                return inTransaction(() -> rows.owed().conclude(arrow, claim, causes, pause));
            }

            @Override
            public void release(Claim claim, String cause) {
                inTransaction(() -> rows.owed().giveBack(arrow, claim, cause));
            }
        };
    }

    /** Until there are fewer than may be recalled in one transaction. */
    private static void repeat(IntSupplier recall) {
        int recalled;
        do {
            recalled = recall.getAsInt();
            if (recalled > 0) {
                LOG.warn("{} orders were to be asked for later than any pull waits, and are asked for now; if this is seen"
                        + " often, look at the clock of the database's host", recalled);
            }
        } while (recalled == RECALLED);
    }

    /** Wherever they are by now. */
    private Map<String, Order> known(List<String> ids) {
        Map<String, Order> orders = new LinkedHashMap<>();
        // In this sequence: one that moves meanwhile is in both, rather than in neither.
        rows.orders().find(ids).forEach(order -> orders.put(order.id(), order));
        List<String> moved = ids.stream().filter(id -> !orders.containsKey(id)).toList();
        if (!moved.isEmpty()) {
            orders.putAll(rows.history().find(moved));
        }
        return orders;
    }

    /**
     * From the arrow's first time on, each such change of an order is owed to the arrow's other end until that has
     * acknowledged it.
     *
     * @param kind only orders of this kind; null for both
     * @param age  how long after the change a pull looks
     */
    public Guarantee guarantee(String arrow, Change change, Kind kind, Duration age) {
        return rows.owed().guarantee(arrow, change, kind, age);
    }

    /** The arrow's other end has these. @return the ids that it was owed until now */
    public List<String> acknowledge(String arrow, Collection<String> orderIds) {
        return inTransaction(() -> rows.owed().acknowledge(arrow, orderIds));
    }

    /** Whether this hub is the one that pulls now. @param apart how long ago the last pull must be at least */
    public boolean takeTick(String arrow, Duration apart) {
        return rows.ticks().take(arrow, apart);
    }

    /**
     * Writes new orders, but for those whose ids are taken, all in one transaction.
     *
     * @return what became of each, in their sequence
     * @throws OrdersHeld when another session of the database keeps some of them locked
     */
    public List<Confirmation> confirm(List<NewOrder> wishes) {
        Confirmed confirmed = unlessHeld(wishes.stream().map(NewOrder::id).toList(),
                () -> inTransaction(() -> confirmAll(wishes)));
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
        // Only after the insert, in a statement of its own: an order that left the live table before it is in history by
        // now, and none of this id can leave it after.
        Map<String, Order> known = new HashMap<>(rows.history().find(created.keySet()));
        if (!known.isEmpty()) {
            rows.orders().withdraw(known.keySet());
            created.keySet().removeAll(known.keySet());
        }
        known.putAll(known(first.keySet().stream()
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
     * Applies events to their orders, in their sequence, all in one transaction. Each event has a result of its own;
     * one that changes nothing is an answer, not an error.
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
     * Those of the orders that another session of the database has locked right now; also for a moment, as by another hub.
     * Waits for none of them.
     */
    public Set<String> held(Collection<String> orderIds) {
        Set<String> held = new HashSet<>();
        Read.all(rows.several(), List.of(OrderRows.waitShortly(), OrderRows.held(orderIds, held::add)));
        return held;
    }

    /**
     * Keeps events whose orders are locked, without a look at the orders, and as if they had come too early: they are
     * applied when they have waited as long as those.
     */
    public List<Result> keep(List<Arrival> arrivals) {
        List<Result> kept = inTransaction(() -> {
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

    /** Adds what became of messages that went out. */
    public void record(List<Step> steps) {
        rows.timeline().insert(steps);
    }

    /** Keeps what can't be processed. @return how many of them were not kept before */
    public int park(List<Parked> messages) {
        int fresh = rows.parked().insert(messages);
        messages.stream().limit(1).forEach(m -> LOG.warn("order={} parked via={} source={}: {}; it waits for an operator, with "
                + "{} more of the same batch, see GET /api/parked", m.orderId(), m.arrow(), m.source(), m.cause(),
                messages.size() - 1));
        return fresh;
    }

    /** How many wait for a person. */
    public long parked() {
        return rows.parked().count();
    }

    /**
     * Money that must go back, the longest due first.
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

    /** Live or settled long ago. In this order: an order moves to history, and never back. */
    public Optional<Order> find(String orderId) {
        return rows.orders().find(orderId).or(() -> rows.history().find(orderId));
    }

    /** The order's steps, oldest first; of more than a thousand the first and the last 500. */
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

    /**
     * What exceeds its longest stay, the longest first for each debt.
     *
     * @param stays   by what is owed; a debt that isn't named may last for ever
     * @param storeId null for all stores
     * @param limit   of each debt
     */
    public List<Stuck> stuck(Map<Debt, Duration> stays, String storeId, int limit) {
        return stays.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .flatMap(stay -> rows.debts().stuck(stay.getKey(), stay.getValue(), storeId, limit).stream()).toList();
    }

    /**
     * What has been owed over added arrows for longer than this, the longest first.
     *
     * @param storeId null for all stores
     * @param limit   how many are looked at
     */
    public List<Stuck> stuckOverAddedArrows(Duration stay, String storeId, int limit) {
        List<OwedRows.Overdue> overdue = rows.owed().stuck(stay, limit);
        Map<String, Order> orders = known(overdue.stream().map(OwedRows.Overdue::orderId).distinct().toList());
        return overdue.stream().filter(owed -> orders.containsKey(owed.orderId()))
                .map(owed -> owed.of(orders.get(owed.orderId())))
                .filter(stuck -> storeId == null || storeId.equals(stuck.order().content().storeId())).toList();
    }

    /** What an order is owed is due now: the next tick of its pulls asks. @return whether it is owed anything */
    public boolean pullNow(String orderId) {
        return rows.debts().makeDue(orderId) | rows.owed().makeDue(orderId);
    }

    public Flow flow() {
        return rows.jdbc().sql(FLOW)
                .query((row, n) -> new Flow(row.getLong("in_flight"), row.getLong("late"))).single();
    }

    /**
     * Parks events whose order, or its payment, did not come in time; those whose order did come, and that slipped through
     * all the same, are applied. Any number of hubs may do it at once.
     *
     * @param most of the events that are looked at
     * @return how many were parked
     */
    public int parkOverdueEarly(int most) {
        Duration wait = patience.early();
        List<String> orderIds = rows.early().overdue(wait, most);
        if (orderIds.isEmpty()) {
            return 0;
        }
        Batch.Written written = appliedOrParked(orderIds, wait, most);
        Result.log(LOG, written.results());
        announce(written.announcements());
        return (int) written.results().stream().filter(result -> result.outcome() == Outcome.PARKED).count();
    }

    /** What waits for an order that is locked goes on waiting. */
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
                // It was let go meanwhile; or something else is locked, as by a statement that changes a table.
                return work.get();
            }
            throw new OrdersHeld(held, e);
        }
    }

    /** Nearly always all of the orders are there. */
    private Batch.Written written(Function<Batch, Batch.Written> work) {
        try {
            return inTransaction(() -> work.apply(new Batch(rows, new Transitions(patience), false)));
        } catch (Batch.SomeAbsent e) {
            return inTransaction(() -> work.apply(batch()));
        }
    }

    /** Minds from the start that some of its orders may be absent. */
    Batch batch() {
        return new Batch(rows, new Transitions(patience), true);
    }

    <T> T inTransaction(Supplier<T> work) {
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

    void announce(List<Announcement> announcements) {
        Map<Change, List<Order>> byChange = new EnumMap<>(Change.class);
        announcements.forEach(a -> byChange.computeIfAbsent(a.change(), c -> new ArrayList<>()).add(a.order()));
        byChange.forEach(announcer::announce);
    }
}
