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
 * Events of many orders, applied in the sequence in which they came and written in one transaction: one statement locks the
 * rows, one updates them, one adds the timeline. An instance serves one transaction.
 */
final class Batch {

    /** Payments are applied first: the other events build on them. */
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
    /** Ids of orders that this batch has payments for and that early events wait for. */
    private final Set<String> waiting = new HashSet<>();

    private final Set<String> moved = new LinkedHashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Arrival> early = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    record Written(List<Result> results, List<Announcement> announcements) {
    }

    /**
     * Some of the orders have no row while others are locked already: the batch begins again, and locks absent ids first.
     */
    static final class SomeAbsent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private SomeAbsent() {
            super("some of the orders are absent", null, false, false);
        }
    }

    /** @param absentFirst whether ids without a row are locked before the rows; else {@link SomeAbsent} may be thrown */
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
     * Takes early events that have waited too long. One whose prerequisite is there is applied; the others are parked. The
     * orders are locked first, as by a batch that brings the prerequisite.
     *
     * @param most the most events that are taken
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

    /** Parks the events that can't be read, so that the others go on, and gives the others. */
    private List<Arrival> readable(EarlyRows.Taken taken) {
        taken.unreadable().forEach(message -> {
            parked.add(message);
            steps.add(new Step(message.orderId(), message.arrow(), message.way(), Outcome.PARKED, message.cause()));
        });
        return new ArrayList<>(taken.arrivals());
    }

    /** Parks an early event whose order has as many early events as one can have. */
    private void parkBeyond(Arrival arrival) {
        Event event = arrival.event();
        Order order = orders.get(event.orderId());
        String cause = "early, and too much waits for its order already; replay it when the order is paid";
        parked.add(arrival.parked(cause, order));
        steps.add(new Step(event.orderId(), arrival.arrow(), arrival.way(), Outcome.PARKED, cause));
        results.replaceAll(result -> result.arrival() != arrival ? result
                : new Result(arrival, result.outcome(), result.before(), result.order(), cause, true));
    }

    /** Applies the events that came before these orders, which were just confirmed. */
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
     * Payments are always claimed before orders are locked, so that two batches that share a payment and an order can't wait
     * in a circle. Absent ids are always locked before rows, as an id that is absent here may be a row to the next batch.
     * Nearly always all orders have rows; so rows are locked at once, and an absent one makes the batch begin again.
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
            // The transaction that held an absent id may have inserted its order by then.
            Read.all(rows.several(), locks(ids, paid));
        }
        // Always after the locks: an order that moved while this batch waited for it is in history by now. Nothing changes
        // it there, so that there is no row to lock.
        ids.removeAll(orders.keySet());
        if (!ids.isEmpty()) {
            orders.putAll(rows.history().find(ids));
        }
        read.putAll(orders);
    }

    /** Early events that wait for a payment are looked for once its order is locked: until then, more of them may come. */
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

    /** A contradiction has to be looked at by a person; but a customer's cancel is answered at once. */
    private static boolean needsAPerson(Event event, Decision decision) {
        return event instanceof Event.TicketRefused && decision instanceof Decision.Applied
                || !(event instanceof Event.CancelRequested)
                && (decision instanceof Decision.Refused || decision instanceof Decision.Conflict
                        || decision instanceof Decision.RefundDue);
    }

    /** The order had another ticket before: one of the two is wrong or forged, which a person has to find out. */
    private static boolean hasAnotherTicket(Order before, Order now) {
        return before != null && before.making().ticketId() != null
                && !before.making().ticketId().equals(now.making().ticketId());
    }

    private Set<String> paidNow() {
        Set<String> ids = new LinkedHashSet<>();
        announcements.stream().filter(a -> a.change() == Change.PAID).forEach(a -> ids.add(a.order().id()));
        return ids;
    }

    /** @param awaited ids of orders for which early events may wait in the database, among them some of {@code ids} */
    private void freeEarly(Set<String> ids, Set<String> awaited) {
        Set<String> asked = new LinkedHashSet<>(ids);
        asked.retainAll(awaited);
        List<Arrival> freed = asked.isEmpty() ? new ArrayList<>() : readable(rows.early().take(asked));
        // Early events of this same batch are not written yet, and need not be.
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
