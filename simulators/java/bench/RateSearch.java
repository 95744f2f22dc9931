package bench;

/**
 * The search for the highest rate that holds: grows until one fails, then closes in. One failure may be the machine's own, and
 * too low an end of the whole search; so each rate that failed is tried once more.
 */
final class RateSearch {

    private static final double GROWTH = 1.7;
    /** What was settled under too much load is about what can be settled; a little less has a chance to hold. */
    private static final double JUST_BELOW = 0.95;

    private final double first;
    private final double precision;
    private double held;
    private double failed = Double.POSITIVE_INFINITY;
    private double guess;
    /** Failed once; 0 when there is none. */
    private double doubtful;

    /**
     * @param first     orders a second to begin with
     * @param precision how far apart, as a share, the highest that held and the lowest that failed may be in the end
     */
    RateSearch(double first, double precision) {
        this.first = first;
        this.precision = precision;
    }

    /** Whether there is nothing left to try. */
    boolean isOver() {
        return held > 0 && failed / held <= 1 + precision || failed < 1;
    }

    /** Orders a second. */
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

    /** @param settledPerSecond while it was tried */
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
            // It held above a rate that failed: the machine was disturbed once, and the lower one is believed.
            held = 0;
        }
    }

    /** The highest that held; 0 when none did. */
    double best() {
        return held;
    }
}
