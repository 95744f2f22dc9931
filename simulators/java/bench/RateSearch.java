package bench;

/**
 * The search for the highest rate that holds: raises the rate until one fails, then narrows the interval. Each rate that
 * failed is tried once more, because a failure may be caused by the machine, and would end the search too low.
 */
final class RateSearch {

    private static final double GROWTH = 1.7;
    /** Factor on the throughput under too high a rate, for the next rate to try. */
    private static final double JUST_BELOW = 0.95;

    private final double first;
    private final double precision;
    private double held;
    private double failed = Double.POSITIVE_INFINITY;
    private double guess;
    /** The rate that failed once and is to be tried again; 0 when there is none. */
    private double doubtful;

    /**
     * @param first     first rate to try, in orders a second
     * @param precision greatest relative distance, at the end, of the highest rate that held and the lowest that failed
     */
    RateSearch(double first, double precision) {
        this.first = first;
        this.precision = precision;
    }

    /** Whether the search has ended. */
    boolean isOver() {
        return held > 0 && failed / held <= 1 + precision || failed < 1;
    }

    /** The next rate to try, in orders a second. */
    double next() {
        if (doubtful > 0) {
            return doubtful;
        }
        if (failed == Double.POSITIVE_INFINITY) {
            return held == 0 ? first : held * GROWTH;
        }
        double lowest = held == 0 ? failed / 4 : held * (1 + precision / 2);
        double highest = failed / (1 + precision / 2);
        double middle = held == 0 ? failed / 2 : Math.sqrt(held * failed);
        return Math.min(highest, Math.max(lowest, guess > lowest ? guess : middle));
    }

    /** Takes the result of a rate. @param settledPerSecond throughput while it was tried */
    void tried(double rate, boolean itHeld, double settledPerSecond) {
        boolean again = rate == doubtful;
        doubtful = itHeld || again ? 0 : rate;
        if (doubtful > 0) {
            return;
        }
        if (itHeld) {
            held = Math.max(held, rate);
            guess = 0;
        } else {
            failed = Math.min(failed, rate);
            guess = settledPerSecond * JUST_BELOW;
        }
        if (held >= failed) {
            // A rate held above one that failed: the machine was disturbed, and the lower result counts.
            held = 0;
        }
    }

    /** The highest rate that held; 0 when none did. */
    double best() {
        return held;
    }
}
