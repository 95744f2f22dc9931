package bench;

/**
 * An open loop's clock: when each arrival is meant to come, whatever became of those before it.
 *
 * @param startNanos of {@link System#nanoTime()}: when number 0 is meant to come
 * @param perSecond  arrivals a second, above 0
 */
record ArrivalSchedule(long startNanos, double perSecond) {

    private static final double NANOS = 1e9;

    /** Of {@link System#nanoTime()}. */
    long intended(long number) {
        return startNanos + (long) (number * NANOS / perSecond);
    }

    /** How many are meant to have come by then. */
    long due(long nanoTime) {
        long since = nanoTime - startNanos;
        return since < 0 ? 0 : 1 + (long) (since * perSecond / NANOS);
    }

    /** Seconds since number 0 was meant to come. */
    double secondsAt(long nanoTime) {
        return (nanoTime - startNanos) / NANOS;
    }
}
