package ledger.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something is expected, and who says so. Times are cut to the microsecond, as the database keeps them.
 *
 * @param from {@code barista}, {@code dispatch}, or {@code fallback: …} with the reason why no neighbour answered
 * @param asOf when it was worked out, by its source's clock; an older estimate never replaces a newer one
 */
public record Estimate(Instant at, String from, Instant asOf) {

    /** Finer times would let a repeated estimate pass for newer than its own copy in the database. */
    public Estimate {
        at = at.truncatedTo(ChronoUnit.MICROS);
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** Upper bound of how far a source's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** Upper bound of how far ahead an estimate may lie. */
    private static final Duration FARTHEST = Duration.ofDays(7);

    /**
     * An estimate as a source gives it.
     *
     * @param now by our clock
     * @return null when {@code at} is more than 7 days or {@code asOf} more than a minute later than {@code now}: with such
     *         an {@code asOf} no later estimate could replace it, and with {@code now} in its place it would be newer each
     *         time that it is repeated
     */
    public static Estimate told(Instant at, String from, Instant asOf, Instant now) {
        return at.isAfter(now.plus(FARTHEST)) || isAhead(asOf, now) ? null : new Estimate(at, from, asOf);
    }

    /**
     * The newer of the two. Null is older than anything, and so is a known one ahead of our clock: such were not always
     * refused.
     */
    static Estimate newer(Estimate known, Estimate other, Instant now) {
        if (known == null || other == null) {
            return known == null ? other : known;
        }
        return isAhead(known.asOf(), now) || other.asOf().isAfter(known.asOf()) ? other : known;
    }

    private static boolean isAhead(Instant asOf, Instant now) {
        return asOf.isAfter(now.plus(AHEAD));
    }
}
