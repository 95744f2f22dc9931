package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** The orders of one step, by number, and when each of them was to be told as paid, and whether that was acknowledged. */
final class StepOrders {

    private final String prefix;
    private final OrderMix mix;
    private final AtomicLongArray intended;
    private final AtomicIntegerArray statuses;
    private final AtomicLongArray answered;

    /** @param tag begins every id of the step; no other step's */
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

    /** Grows with the number, as the ids of shops do that count their orders. */
    String id(int number) {
        return prefix + (10_000_000 + number);
    }

    /** Empty for an order of another step. */
    OptionalInt number(String id) {
        return id != null && id.startsWith(prefix)
                ? OptionalInt.of(Integer.parseInt(id.substring(prefix.length())) - 10_000_000) : OptionalInt.empty();
    }

    /** Of {@link System#nanoTime()}; 0 while it isn't known. */
    long intended(int number) {
        return intended.get(number);
    }

    void intend(int number, long nanoTime) {
        intended.set(number, nanoTime);
    }

    /**
     * @param status   HTTP's, of the callback's answer; 0 for none
     * @param nanoTime when it was there
     */
    void answered(int number, int status, long nanoTime) {
        answered.set(number, nanoTime);
        statuses.set(number, status);
    }

    /** Of the callback, from when it was meant to go out to its answer; for ever when there was none. */
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

    /** How many callbacks had which answer, but for 2xx. */
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
