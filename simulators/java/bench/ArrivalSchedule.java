package bench;

/**
 * The intended times of an open loop's arrivals, at a constant rate.
 *
 * @param startNanos intended time of arrival 0 by {@link System#nanoTime()}
 * @param perSecond  arrivals a second, above 0
 */
record ArrivalSchedule(long startNanos, double perSecond) {

    private static final double NANOS = 1e9;

    /** Intended time of an arrival by {@link System#nanoTime()}. */
    long intended(long number) {
        return startNanos + (long) (number * NANOS / perSecond);
    }

    /** Number of arrivals that are due by then. */
    long due(long nanoTime) {
        long since = nanoTime - startNanos;
        return since < 0 ? 0 : 1 + (long) (since * perSecond / NANOS);
    }

    /** Seconds since the intended time of arrival 0. */
    double secondsAt(long nanoTime) {
        return (nanoTime - startNanos) / NANOS;
    }
}
