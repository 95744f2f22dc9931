package routes.commit;

import java.util.concurrent.TimeUnit;

/**
 * How long a writer rests after a transaction, so that it is at work for half of the time at the most. At a peak transactions
 * would follow one another without a pause, where fewer and larger ones get more done. Whoever has time to spare never rests:
 * somebody waits for what is gathered meanwhile.
 */
final class DutyCycle {

    /** Of idle time counts no more than this, which is several transactions in a row. */
    static final long MOST_SPARE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private long ended;
    /** By how much it was idle for longer than at work; below zero, what is left to rest. */
    private long spare;

    /** @param now this and all other times by {@link System#nanoTime} */
    DutyCycle(long now) {
        ended = now;
    }

    /**
     * After each transaction.
     *
     * @return how long to rest, in nanoseconds, 0 to {@link #LONGEST_REST_NANOS}; who rests for less pays for it the next time
     */
    long rest(long began, long ended) {
        long idle = began - this.ended;
        long atWork = ended - began;
        this.ended = ended;
        spare = Math.max(Math.min(spare + idle, MOST_SPARE_NANOS) - atWork, -LONGEST_REST_NANOS);
        return Math.max(-spare, 0);
    }
}
