package simulators.balance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import simulators.balance.Trace.Standing;
import simulators.journal.Entry;

/**
 * The journals added up, entry by entry, so that the same rules serve while orders flow and at the end:
 * {@code journal.follow(reckoning::see)} for each of the four.
 */
public final class Reckoning {

    private final Map<String, Trace> traces = new HashMap<>();
    private final Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
    /** Those that are {@link Standing#UNDER_WAY} or {@link Standing#OWED}. */
    private final Map<String, Trace> open = new HashMap<>();
    private final Set<String> doubled = new TreeSet<>();
    private long paid;
    private long acknowledged;
    private long unpaid;

    public synchronized void see(Entry entry) {
        if (entry.orderId() == null) {
            return;
        }
        Trace trace = traces.get(entry.orderId());
        if (trace == null) {
            trace = new Trace();
            traces.put(entry.orderId(), trace);
        } else {
            count(trace, -1);
        }
        trace.see(entry);
        count(trace, 1);
        list(entry.orderId(), trace);
    }

    private void count(Trace trace, int one) {
        standings.merge(trace.standing(), one, Integer::sum);
        paid += trace.paid() ? one : 0;
        acknowledged += trace.acknowledged ? one : 0;
        unpaid += trace.unpaid() ? one : 0;
    }

    private void list(String orderId, Trace trace) {
        if (trace.standing() == Standing.UNDER_WAY || trace.standing() == Standing.OWED) {
            open.put(orderId, trace);
        } else {
            open.remove(orderId);
        }
        if (trace.doubled()) {
            doubled.add(orderId);
        } else {
            doubled.remove(orderId);
        }
    }

    /**
     * How it stands while orders flow. It costs what is open, not what has settled.
     *
     * @param bound how long an order may wait for the hub's next step, since a journal has last spoken of it; then it
     *              counts as lost
     * @param since the hub could do nothing before that time, which therefore doesn't count; null when it can do nothing
     *              now
     */
    public synchronized Running running(Duration bound, Instant since, Instant now) {
        long lostBefore = since == null || now.isBefore(since.plus(bound)) ? Long.MIN_VALUE
                : now.minus(bound).toEpochMilli();
        long underWay = 0;
        long waiting = 0;
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, Trace> order : open.entrySet()) {
            if (order.getValue().standing() == Standing.UNDER_WAY) {
                underWay++;
            } else if (order.getValue().lastAt < lostBefore) {
                lost.add(order.getKey());
            } else {
                waiting++;
            }
        }
        return new Running(paid, acknowledged, settled(), underWay, waiting, lost.size(), doubled.size(), unpaid,
                lost.stream().sorted().limit(Running.NAMED).toList(),
                doubled.stream().limit(Running.NAMED).toList());
    }

    /** Orders that have all they will ever get. */
    public synchronized long settled() {
        return standings.getOrDefault(Standing.SETTLED, 0);
    }

    /** Paid orders on whose behalf something has still to happen, whoever has to do it. */
    public synchronized long open() {
        return standings.getOrDefault(Standing.UNDER_WAY, 0) + standings.getOrDefault(Standing.OWED, 0);
    }

    /** The balance when nothing more is to come: what the hub still owes is lost. */
    public Balance balance() {
        return balance(Duration.ZERO, Instant.now());
    }

    /** @param patience an order of which a journal has spoken more recently than this is not lost yet, but unsettled */
    public synchronized Balance balance(Duration patience, Instant now) {
        long quietBefore = now.minus(patience).toEpochMilli();
        long acknowledged = 0;
        long tickets = 0;
        long made = 0;
        long notes = 0;
        long delivered = 0;
        long cancelled = 0;
        List<String> lost = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        List<String> unpaid = new ArrayList<>();
        List<String> unsettled = new ArrayList<>();
        for (Map.Entry<String, Trace> order : traces.entrySet()) {
            Trace trace = order.getValue();
            acknowledged += trace.acknowledged ? 1 : 0;
            tickets += trace.tickets;
            made += trace.made;
            notes += trace.notes;
            delivered += trace.delivered ? 1 : 0;
            cancelled += trace.isCancelled() ? 1 : 0;
            Standing standing = trace.standing();
            if (standing == Standing.OWED && (patience.isZero() || trace.lastAt <= quietBefore)) {
                lost.add(order.getKey());
            } else if (standing == Standing.OWED || standing == Standing.UNDER_WAY) {
                unsettled.add(order.getKey());
            }
            if (trace.doubled()) {
                doubled.add(order.getKey());
            }
            if (trace.unpaid()) {
                unpaid.add(order.getKey());
            }
        }
        return new Balance(acknowledged, tickets, made, notes, delivered, cancelled, settled(), lost, doubled, unpaid,
                unsettled);
    }
}
