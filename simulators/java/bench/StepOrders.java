package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** The orders of one step, by number: the intended time of each callback, and its answer. */
final class StepOrders {

    private final String prefix;
    private final OrderMix mix;
    private final AtomicLongArray intended;
    private final AtomicIntegerArray statuses;
    private final AtomicLongArray answered;

    /** @param tag prefix of the ids of this step, and of no other */
    StepOrders(String tag, OrderMix mix, int count) {
        this.prefix = tag + "-";
        this.mix = mix;
        this.intended = new AtomicLongArray(count);
        this.statuses = new AtomicIntegerArray(count);
        this.answered = new AtomicLongArray(count);
    }

    int count() {
        return intended.length();
    }

    OrderMix mix() {
        return mix;
    }

    /** The id of an order. Ids grow with the number, as those of a shop that counts its orders. */
    String id(int number) {
        return prefix + (10_000_000 + number);
    }

    /** The number of an order; empty for an order of another step. */
    OptionalInt number(String id) {
        return id != null && id.startsWith(prefix)
                ? OptionalInt.of(Integer.parseInt(id.substring(prefix.length())) - 10_000_000) : OptionalInt.empty();
    }

    /** Intended time of the callback by {@link System#nanoTime()}; 0 while it isn't known. */
    long intended(int number) {
        return intended.get(number);
    }

    void intend(int number, long nanoTime) {
        intended.set(number, nanoTime);
    }

    /**
     * Records the answer to a callback.
     *
     * @param status   of HTTP; 0 when there was no answer
     * @param nanoTime when the answer was received
     */
    void answered(int number, int status, long nanoTime) {
        answered.set(number, nanoTime);
        statuses.set(number, status);
    }

    /** From the intended time of the callback to its answer; {@link Long#MAX_VALUE} when there was none. */
    long latencyNanos(int number) {
        return answered.get(number) == 0 ? Long.MAX_VALUE : answered.get(number) - intended.get(number);
    }

    boolean acknowledged(int number) {
        int status = statuses.get(number);
        return status >= 200 && status < 300;
    }

    List<String> acknowledged() {
        List<String> ids = new ArrayList<>(count());
        for (int number = 0; number < count(); number++) {
            if (acknowledged(number)) {
                ids.add(id(number));
            }
        }
        return ids;
    }

    /** Number of callbacks by status of the answer, without 2xx. */
    Map<Integer, Integer> failures() {
        Map<Integer, Integer> failures = new java.util.TreeMap<>();
        for (int number = 0; number < count(); number++) {
            if (!acknowledged(number)) {
                failures.merge(statuses.get(number), 1, Integer::sum);
            }
        }
        return failures;
    }
}
