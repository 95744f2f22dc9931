package bench;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * The open-loop load: every order comes at its time, however slow the answers are, and the latency of a callback counts from
 * its intended time. Runs on the thread that calls {@link #run}.
 */
final class OpenLoopLoad {

    /** Between the intended times of an order's confirmation and its payment. */
    private static final long PAYS_AFTER_NANOS = 1_000_000_000L;
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    private final HttpExchanges exchanges;
    private final LoadRequests requests;
    private final StepOrders orders;
    private final ArrivalSchedule schedule;
    private final boolean confirms;
    private final int firstMeasured;
    private final Histogram callbacks = Latencies.micros();
    private final Histogram confirmations = Latencies.micros();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final boolean[] confirmed;
    private final boolean[] wantsToPay;
    private int answers;
    private int refusedConfirmations;

    /**
     * @param confirms      whether the orders are confirmed first; otherwise they are confirmed already
     * @param firstMeasured number of the first order that counts; the orders before it are warm-up
     */
    OpenLoopLoad(HttpExchanges exchanges, LoadRequests requests, StepOrders orders, ArrivalSchedule schedule,
                 boolean confirms, int firstMeasured) {
        this.exchanges = exchanges;
        this.requests = requests;
        this.orders = orders;
        this.schedule = schedule;
        this.confirms = confirms;
        this.firstMeasured = firstMeasured;
        this.confirmed = new boolean[confirms ? orders.count() : 0];
        this.wantsToPay = new boolean[confirms ? orders.count() : 0];
    }

    /** Returns when every request has its answer, or 30 s after the last order. */
    void run() {
        int count = orders.count();
        int next = 0;
        int paying = 0;
        long giveUp = schedule.intended(count) + LONGEST_WAIT_NANOS;
        while (answers < count && System.nanoTime() - giveUp < 0) {
            long now = System.nanoTime();
            for (long due = Math.min(count, schedule.due(now)); next < due; next++) {
                if (confirms) {
                    confirm(next);
                } else {
                    pay(next, schedule.intended(next));
                }
            }
            if (confirms) {
                for (long due = Math.min(count, schedule.due(now - PAYS_AFTER_NANOS)); paying < due; paying++) {
                    wantsToPay[paying] = true;
                    if (confirmed[paying]) {
                        pay(paying, schedule.intended(paying) + PAYS_AFTER_NANOS);
                    }
                }
            }
            exchanges.turn(1);
        }
    }

    /** Number of callbacks that were answered 2xx so far; may be called by any thread. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Latencies of the callbacks of measured orders, in microseconds. */
    Histogram callbacks() {
        return callbacks;
    }

    /** Latencies of the confirmations of measured orders, in microseconds; empty when the load doesn't confirm. */
    Histogram confirmations() {
        return confirmations;
    }

    int refusedConfirmations() {
        return refusedConfirmations;
    }

    private void confirm(int number) {
        long intended = schedule.intended(number);
        exchanges.send(requests.confirm(orders.mix().confirmation(orders.id(number), number)), (status, at) -> {
            if (status < 200 || status >= 300) {
                refusedConfirmations++;
                answers++;
                return;
            }
            if (number >= firstMeasured) {
                Latencies.record(confirmations, at - intended);
            }
            confirmed[number] = true;
            if (wantsToPay[number]) {
                // The confirmation came later than the intended time of the payment.
                pay(number, at);
            }
        });
    }

    private void pay(int number, long intended) {
        orders.intend(number, intended);
        exchanges.send(requests.callback(orders.id(number), Instant.now()), (status, at) -> {
            answers++;
            orders.answered(number, status, at);
            if (number >= firstMeasured) {
                Latencies.record(callbacks, at - intended);
            }
            if (orders.acknowledged(number)) {
                acknowledged.incrementAndGet();
            }
        });
    }
}
