package routes.commit;

import java.util.concurrent.TimeUnit;

/**
 * How long a writer rests after a transaction, so that it is at work for half of the time at most. At a peak transactions
 * would follow one another without a pause, and fewer and larger ones get more done. A writer that was idle before does not
 * rest, as the callers of what it gathers wait for it.
 */
final class DutyCycle {

    /** Idle time that is counted, at most, in nanoseconds: as long as several transactions in a row. */
    static final long MOST_SPARE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Rest after one transaction, at most, in nanoseconds. */
    static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private long ended;
    /** By how many nanoseconds it was idle for longer than at work; below zero, how long it has still to rest. */
    private long spare;

    /** @param now as all other times here, by {@link System#nanoTime} */
    DutyCycle(long now) {
        ended = now;
    }

    /**
     * Called after each transaction.
     *
     * @return how long to rest, in nanoseconds, 0 to {@link #LONGEST_REST_NANOS}; a shorter rest is made up for the next time
     */
    long rest(long began, long ended) {
        long idle = began - this.ended;
        long atWork = ended - began;
        this.ended = ended;
        spare = Math.max(Math.min(spare + idle, MOST_SPARE_NANOS) - atWork, -LONGEST_REST_NANOS);
        return Math.max(-spare, 0);
    }
}
