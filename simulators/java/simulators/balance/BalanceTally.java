package simulators.balance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import simulators.balance.OrderTrace.Standing;
import simulators.journal.Entry;
import simulators.journal.What;

/**
 * The journals of the shop and the neighbours, added up entry by entry, so that the same rules serve while orders flow and
 * at the end. Journals may be read in any order.
 *
 * <pre>
 * BalanceTally tally = new BalanceTally();
 * journals.forEach(journal -&gt; journal.follow(tally::see));
 * tally.balance().holds();
 * </pre>
 */
public final class BalanceTally {

    /** Entries that can be the first of an order in one of the journals. */
    private static final Set<What> FIRST_OF_AN_ORDER = EnumSet.of(What.CONFIRM_ASKED, What.PAYMENT_TAKEN,
            What.TICKET_CREATED, What.CANCEL_AGREED, What.NOTE_CREATED, What.DELIVERY_CANCELLED);

    private final Map<String, OrderTrace> traces = new HashMap<>();
    private final Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
    /** Orders that are {@link Standing#UNDER_WAY} or {@link Standing#OWED}. */
    private final Map<String, OrderTrace> open = new HashMap<>();
    private final Set<String> doubled = new TreeSet<>();
    /** Orders that are settled and break no promise, the first that settled first. */
    private final Set<String> settledWell = new LinkedHashSet<>();
    private int mostSettledKept = Integer.MAX_VALUE;
    private long paid;
    private long acknowledged;
    private long unpaid;
    private long tickets;
    private long made;
    private long notes;
    private long delivered;
    private long cancelled;

    /**
     * From now on, keeps the traces of only so many settled orders, the latest; earlier ones stay in the counts. Orders
     * that are open or break a promise are always kept.
     *
     * <p>To be called once the journals have been read up to now: an entry from the past of a forgotten order would open a
     * new trace. A second ticket or delivery note of a forgotten order still breaks the balance, as {@link Balance#unpaid}.
     *
     * @param most 0 or more
     */
    public synchronized void keepSettled(int most) {
        mostSettledKept = most;
        forget();
    }

    /** Adds one entry of any of the journals; entries about no order are ignored. */
    public synchronized void see(Entry entry) {
        if (entry.orderId() == null) {
            return;
        }
        OrderTrace trace = traces.get(entry.orderId());
        if (trace != null) {
            count(trace, -1);
        } else if (isOfAForgottenOrder(entry)) {
            // Its order was paid by a pull, and its callback came through only now.
            acknowledged += entry.what() == What.CALLBACK_ACKNOWLEDGED ? 1 : 0;
            return;
        } else {
            trace = new OrderTrace();
            traces.put(entry.orderId(), trace);
        }
        trace.see(entry);
        count(trace, 1);
        list(entry.orderId(), trace);
        forget();
    }

    /** How many orders are kept one by one. */
    synchronized int kept() {
        return traces.size();
    }

    private boolean isOfAForgottenOrder(Entry entry) {
        return mostSettledKept < Integer.MAX_VALUE && !FIRST_OF_AN_ORDER.contains(entry.what());
    }

    private void count(OrderTrace trace, int one) {
        standings.merge(trace.standing(), one, Integer::sum);
        paid += trace.paid() ? one : 0;
        acknowledged += trace.acknowledged ? one : 0;
        unpaid += trace.unpaid() ? one : 0;
        tickets += (long) one * trace.tickets;
        made += (long) one * trace.made;
        notes += (long) one * trace.notes;
        delivered += trace.delivered ? one : 0;
        cancelled += trace.isCancelled() ? one : 0;
    }

    private void list(String orderId, OrderTrace trace) {
        boolean isOpen = trace.standing() == Standing.UNDER_WAY || trace.standing() == Standing.OWED;
        if (isOpen) {
            open.put(orderId, trace);
        } else {
            open.remove(orderId);
        }
        keep(doubled, orderId, trace.doubled());
        keep(settledWell, orderId, trace.standing() == Standing.SETTLED && !trace.doubled() && !trace.unpaid());
    }

    private static void keep(Set<String> orders, String orderId, boolean isOne) {
        if (isOne) {
            orders.add(orderId);
        } else {
            orders.remove(orderId);
        }
    }

    private void forget() {
        for (Iterator<String> oldest = settledWell.iterator(); settledWell.size() > mostSettledKept;) {
            traces.remove(oldest.next());
            oldest.remove();
        }
    }

    /**
     * The counts while orders flow. The cost grows with the open orders, not with the settled ones.
     *
     * @param bound how long an order may wait for the hub's next step, counted from the last entry about it; after that
     *              it counts as lost
     * @param since from when on the hub could act: earlier waiting doesn't count; null when it can't act now
     */
    public synchronized LiveCounts running(Duration bound, Instant since, Instant now) {
        long lostBefore = since == null || now.isBefore(since.plus(bound)) ? Long.MIN_VALUE
                : now.minus(bound).toEpochMilli();
        long underWay = 0;
        long waiting = 0;
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, OrderTrace> order : open.entrySet()) {
            if (order.getValue().standing() == Standing.UNDER_WAY) {
                underWay++;
            } else if (order.getValue().lastAt < lostBefore) {
                lost.add(order.getKey());
            } else {
                waiting++;
            }
        }
        return new LiveCounts(paid, acknowledged, settled(), underWay, waiting, lost.size(), doubled.size(), unpaid,
                lost.stream().sorted().limit(LiveCounts.NAMED).toList(),
                doubled.stream().limit(LiveCounts.NAMED).toList());
    }

    /** Orders for which nothing more is to happen: served, delivered, finally failed or cancelled. */
    public synchronized long settled() {
        return standings.getOrDefault(Standing.SETTLED, 0);
    }

    /** Paid orders for which the hub or a neighbour has still something to do. */
    public synchronized long open() {
        return open.size();
    }

    /** The balance when nothing more is to come: orders for which the hub has still something to do are lost. */
    public Balance balance() {
        return balance(Duration.ZERO, Instant.now());
    }

    /**
     * The balance at a moment.
     *
     * @param patience an order whose last entry is younger than this isn't lost yet, but unsettled
     */
    public synchronized Balance balance(Duration patience, Instant now) {
        long quietBefore = now.minus(patience).toEpochMilli();
        List<String> lost = new ArrayList<>();
        List<String> unsettled = new ArrayList<>();
        open.forEach((orderId, trace) -> {
            boolean isLost = trace.standing() == Standing.OWED && (patience.isZero() || trace.lastAt <= quietBefore);
            (isLost ? lost : unsettled).add(orderId);
        });
        return new Balance(acknowledged, tickets, made, notes, delivered, cancelled, settled(), lost, List.copyOf(doubled),
                traces.entrySet().stream().filter(order -> order.getValue().unpaid()).map(Map.Entry::getKey).toList(),
                unsettled);
    }
}
