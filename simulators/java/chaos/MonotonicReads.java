package chaos;

import embedded.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import simulators.journal.Entry;
import simulators.journal.What;

/** Reads some orders over and over through the hub's API: the state of an order must never move back. */
final class MonotonicReads implements AutoCloseable {

    private static final int FOLLOWED = 40;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<String> MAKE = List.of("CONFIRMED", "PAID", "RECEIVED", "MAKING", "MADE");
    private static final List<String> DELIVERY =
            List.of("NONE", "NOTED", "ASSIGNED", "PICKED_UP", "DELIVERED", "FAILED");
    private static final List<String> CANCEL = List.of("NONE", "CANCEL_REQUESTED", "CANCELLED", "REFUSED");

    private final OrderApi api;
    private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
    private final Map<String, OrderSnapshot> last = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "reader");
    private volatile boolean open = true;
    private volatile long answers;

    MonotonicReads(OrderApi api) {
        this.api = api;
    }

    /** Takes an entry of the shop's journal: up to 40 confirmed orders are followed at once. */
    void see(Entry entry) {
        if (entry.what() == What.CONFIRM_ANSWERED && entry.get("answer").startsWith("2") && fresh.size() < FOLLOWED) {
            fresh.add(entry.orderId());
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Number of answers that were compared so far. */
    long answers() {
        return answers;
    }

    /** Stops reading. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** What was found; to be called after {@link #close}. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    private void run() {
        try {
            while (open) {
                while (last.size() < FOLLOWED && !fresh.isEmpty()) {
                    last.put(fresh.remove(), null);
                }
                readAll();
                Wait.lasting(PAUSE);
            }
        } catch (Wait.Interrupted e) {
            // The run ends.
        }
    }

    private void readAll() {
        for (Iterator<Map.Entry<String, OrderSnapshot>> orders = last.entrySet().iterator(); open && orders.hasNext();) {
            Map.Entry<String, OrderSnapshot> order = orders.next();
            OrderSnapshot now = api.order(order.getKey()).seen();
            if (now == null) {
                // Without an answer there is nothing to compare.
                continue;
            }
            answers++;
            if (order.getValue() != null) {
                movedBack(order.getValue(), now).forEach(what -> violations.add(new Violation(Violation.Kind.MOVED_BACK,
                        now.orderId(), what, now.timeline().stream().map(OrderSnapshot.Line::toString).toList())));
                if (order.getValue().settledAs() != null) {
                    orders.remove();
                    continue;
                }
            }
            order.setValue(now);
        }
    }

    /** In which respects the later answer is behind the earlier one. */
    static List<String> movedBack(OrderSnapshot before, OrderSnapshot after) {
        List<String> back = new ArrayList<>();
        if (MAKE.indexOf(after.make()) < MAKE.indexOf(before.make())) {
            back.add("make went from " + before.make() + " back to " + after.make());
        }
        boolean sameAttempt = after.attempt() == before.attempt();
        if (after.attempt() < before.attempt()
                || sameAttempt && DELIVERY.indexOf(after.delivery()) < DELIVERY.indexOf(before.delivery())
                || isFinal(before.delivery()) && !after.delivery().equals(before.delivery())) {
            back.add("delivery went from " + before.delivery() + " in attempt " + before.attempt() + " back to "
                    + after.delivery() + " in attempt " + after.attempt());
        }
        if (CANCEL.indexOf(after.cancel()) < CANCEL.indexOf(before.cancel())
                || "CANCELLED".equals(before.cancel()) && !after.cancel().equals(before.cancel())) {
            back.add("cancel went from " + before.cancel() + " back to " + after.cancel());
        }
        if (before.settledAs() != null && !before.settledAs().equals(after.settledAs())) {
            back.add("settled as " + before.settledAs() + ", then as " + after.settledAs());
        }
        if (before.ticketId() != null && !before.ticketId().equals(after.ticketId())) {
            back.add("its ticket was " + before.ticketId() + ", then " + after.ticketId());
        }
        if (before.paymentId() != null && !before.paymentId().equals(after.paymentId())) {
            back.add("its payment was " + before.paymentId() + ", then " + after.paymentId());
        }
        return back;
    }

    private static boolean isFinal(String delivery) {
        return "DELIVERED".equals(delivery) || "FAILED".equals(delivery);
    }
}
