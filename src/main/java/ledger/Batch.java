package ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.order.Change;
import ledger.order.Decision;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Transitions;

/**
 * Events of many orders, folded by order in the sequence in which they came and written in one transaction: one
 * statement locks the rows, one updates them, one adds the timeline. Lives for one transaction.
 */
final class Batch {

    /** The other events wait for them. */
    private static final Comparator<Arrival> PAYMENTS_FIRST =
            Comparator.comparing(arrival -> !(arrival.event() instanceof Event.Paid));

    private final Rows rows;
    private final Transitions transitions;
    private final BatchPayments payments;
    private final boolean absentFirst;

    /** By the database's clock, when the last of the orders was locked; null while there was none. */
    private Instant now;
    private final Map<String, Order> read = new HashMap<>();
    private final Map<String, Order> orders = new TreeMap<>();
    /** Of the orders that payments came for: those that early events wait for. */
    private final Set<String> waiting = new HashSet<>();

    private final Set<String> moved = new LinkedHashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Arrival> early = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    record Written(List<Result> results, List<Announcement> announcements) {
    }

    /** Some of the orders are not there, while others are, and are locked: all has to begin again, those first. */
    static final class SomeAbsent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private SomeAbsent() {
            super("some of the orders are absent", null, false, false);
        }
    }

    /** @param absentFirst whether ids that may have no row are locked before the rows; else {@link SomeAbsent} asks for it */
    Batch(Rows rows, Transitions transitions, boolean absentFirst) {
        this.rows = rows;
        this.transitions = transitions;
        this.payments = new BatchPayments(rows.payments(), transitions, this::now);
        this.absentFirst = absentFirst;
    }

    /** @return the results of the arrivals in their sequence, then those of early events that they set free */
    Written apply(List<Arrival> arrivals) {
        List<Event.Paid> paid = payments(arrivals);
        lock(arrivals.stream().map(arrival -> arrival.event().orderId())
                .collect(Collectors.toCollection(LinkedHashSet::new)), paid);
        payments.read(paid);
        arrivals.forEach(this::fold);
        freeEarly(paidNow(), waiting);
        write();
        return new Written(results, announcements);
    }

    /**
     * What has waited for these orders for too long: applied, should what it waits for be there after all, else parked.
     * The orders are locked first, as by who brings what it waits for.
     *
     * @param most of these events
     */
    Written applyOrPark(List<String> orderIds, Duration wait, int most) {
        lock(new LinkedHashSet<>(orderIds), List.of());
        List<Arrival> overdue = readable(rows.early().takeOverdue(orderIds, wait, most));
        overdue.sort(PAYMENTS_FIRST);
        payments.read(payments(overdue));
        for (Arrival arrival : overdue) {
            Order order = orders.get(arrival.event().orderId());
            if (transitions.decide(order, arrival.event(), now()) instanceof Decision.Early) {
                park(arrival, order, "early, and what it waits for did not come within " + wait);
            } else {
                fold(arrival);
            }
        }
        Set<String> paid = paidNow();
        freeEarly(paid, paid);
        write();
        return new Written(results, announcements);
    }

    private void park(Arrival arrival, Order order, String cause) {
        parked.add(arrival.parked(cause, order));
        steps.add(new Step(arrival.event().orderId(), arrival.arrow(), arrival.way(), Outcome.PARKED, cause));
        results.add(new Result(arrival, Outcome.PARKED, order, order, cause, true));
        if (arrival.event() instanceof Event.Paid paid) {
            payments.park(paid);
        }
    }

    /** The others are parked: whatever waits with them goes on. */
    private List<Arrival> readable(EarlyRows.Taken taken) {
        taken.unreadable().forEach(message -> {
            parked.add(message);
            steps.add(new Step(message.orderId(), message.arrow(), message.way(), Outcome.PARKED, message.cause()));
        });
        return new ArrayList<>(taken.arrivals());
    }

    /** So many early events wait for its order already that no more are kept there. */
    private void parkBeyond(Arrival arrival) {
        Event event = arrival.event();
        Order order = orders.get(event.orderId());
        String cause = "early, and too much waits for its order already; replay it when the order is paid";
        parked.add(arrival.parked(cause, order));
        steps.add(new Step(event.orderId(), arrival.arrow(), arrival.way(), Outcome.PARKED, cause));
        results.replaceAll(result -> result.arrival() != arrival ? result
                : new Result(arrival, result.outcome(), result.before(), result.order(), cause, true));
    }

    /** Orders were just confirmed: what came before them is applied now. */
    Written applyEarly(Collection<Order> confirmed) {
        confirmed.forEach(order -> {
            read.put(order.id(), order);
            orders.put(order.id(), order);
        });
        Set<String> ids = Set.copyOf(orders.keySet());
        freeEarly(ids, ids);
        write();
        return new Written(results, announcements);
    }

    private static List<Event.Paid> payments(List<Arrival> arrivals) {
        return arrivals.stream().map(Arrival::event).filter(Event.Paid.class::isInstance).map(Event.Paid.class::cast)
                .toList();
    }

    /**
     * Payments are claimed before orders are locked, always: two batches that share a payment and an order can't wait in a
     * circle. And absent ids are locked before rows, always, as an id that is absent here may be a row to the next batch. But
     * as nearly always all are there, they are locked at once, and an absent one is a reason to begin again.
     */
    private void lock(Set<String> ids, List<Event.Paid> paid) {
        List<Read<?>> claims = new ArrayList<>(List.of(OrderRows.waitShortly()));
        if (!paid.isEmpty()) {
            claims.add(payments.claiming(paid));
        }
        if (absentFirst) {
            Read.all(rows.several(), claims);
        } else {
            Read.all(rows.several(), Stream.concat(claims.stream(), locks(ids, paid).stream()).toList());
            if (!orders.isEmpty() && orders.size() < ids.size()) {
                throw new SomeAbsent();
            }
        }
        if (orders.isEmpty()) {
            rows.orders().lockAbsent(ids);
            // Whoever held an absent id may have brought its order by then.
            Read.all(rows.several(), locks(ids, paid));
        }
        // After the locks, always: an order that went while we waited for it is in history by now. Nothing moves a
        // settled order any more, so that there is no row to lock.
        ids.removeAll(orders.keySet());
        if (!ids.isEmpty()) {
            orders.putAll(rows.history().find(ids));
        }
        read.putAll(orders);
    }

    /** What waits for a payment is looked for once its order is locked, always: until then, more of it may come. */
    private List<Read<?>> locks(Set<String> ids, List<Event.Paid> paid) {
        List<Read<?>> locks = new ArrayList<>();
        locks.add(rows.orders().locking(ids, order -> orders.put(order.id(), order), this::at));
        if (!paid.isEmpty()) {
            locks.add(rows.early().waiting(paid.stream().map(Event.Paid::orderId).toList(), waiting::add));
        }
        return locks;
    }

    private void at(Instant locked) {
        now = locked;
    }

    private Instant now() {
        if (now == null) {
            now = rows.now();
        }
        return now;
    }

    private void fold(Arrival arrival) {
        Event event = arrival.event();
        Order order = orders.get(event.orderId());
        Decision decision = event instanceof Event.Paid paid ? payments.judge(order, paid, arrival.way())
                : arrival.way() == Way.CALL || arrival.way() == Way.PULL ? transitions.decideAnswered(order, event, now())
                : transitions.decide(order, event, now());
        Order before = order;
        if (decision instanceof Decision.Applied applied) {
            orders.put(order.id(), applied.order());
            moved.add(order.id());
            applied.changes().forEach(change -> announcements.add(new Announcement(change, applied.order())));
            order = applied.order();
        } else if (decision instanceof Decision.Early) {
            early.add(arrival);
        }
        boolean forAPerson = needsAPerson(event, decision) || hasAnotherTicket(before, order);
        if (forAPerson) {
            parked.add(arrival.parked(decision.outcome() + ": " + decision.why(), order));
        }
        steps.add(new Step(event.orderId(), arrival.arrow(), arrival.way(), decision.outcome(), decision.why()));
        results.add(new Result(arrival, decision.outcome(), before, order, decision.why(), forAPerson));
        if (decision instanceof Decision.Applied applied && applied.changes().contains(Change.CANCELLED)) {
            payments.refund(order.making().paymentId());
            steps.add(new Step(order.id(), arrival.arrow(), arrival.way(), Outcome.REFUND_DUE,
                    "payment " + order.making().paymentId() + " must go back: " + BatchPayments.WAS_CANCELLED));
        }
    }

    /** Who wishes to cancel is answered on the spot; every other contradiction would otherwise reach nobody. */
    private static boolean needsAPerson(Event event, Decision decision) {
        return event instanceof Event.TicketRefused && decision instanceof Decision.Applied
                || !(event instanceof Event.CancelRequested)
                && (decision instanceof Decision.Refused || decision instanceof Decision.Conflict
                        || decision instanceof Decision.RefundDue);
    }

    /** One of the two that named them is mistaken, or an impostor. */
    private static boolean hasAnotherTicket(Order before, Order now) {
        return before != null && before.making().ticketId() != null
                && !before.making().ticketId().equals(now.making().ticketId());
    }

    private Set<String> paidNow() {
        Set<String> ids = new LinkedHashSet<>();
        announcements.stream().filter(a -> a.change() == Change.PAID).forEach(a -> ids.add(a.order().id()));
        return ids;
    }

    /** @param awaited of which of them, and maybe others, something may wait in the database */
    private void freeEarly(Set<String> ids, Set<String> awaited) {
        Set<String> asked = new LinkedHashSet<>(ids);
        asked.retainAll(awaited);
        List<Arrival> freed = asked.isEmpty() ? new ArrayList<>() : readable(rows.early().take(asked));
        // What this very batch brought too early is not written yet, and needn't be.
        early.removeIf(arrival -> ids.contains(arrival.event().orderId()) && freed.add(arrival));
        if (freed.isEmpty()) {
            return;
        }
        freed.sort(PAYMENTS_FIRST);
        payments.read(payments(freed));
        freed.forEach(this::fold);
    }

    private void write() {
        payments.write(moved.stream().map(orders::get)
                .filter(order -> order.settled() != null && order.making().paymentId() == null).map(Order::id).toList());
        if (!early.isEmpty()) {
            rows.early().insert(early).forEach(this::parkBeyond);
        }
        if (!parked.isEmpty()) {
            rows.parked().insert(parked);
        }
        List<Write> told = new ArrayList<>();
        if (!steps.isEmpty()) {
            told.add(rows.timeline().insertion(steps));
        }
        if (!announcements.isEmpty()) {
            told.add(rows.owed().owing(announcements));
        }
        if (!moved.isEmpty()) {
            rows.orders().update(moved.stream().sorted().map(orders::get).toList(), read, told);
        } else if (!told.isEmpty()) {
            Write.all(rows.jdbc(), told);
        }
    }
}
