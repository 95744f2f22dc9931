package ledger.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something is expected, and whose word that is.
 *
 * @param from {@code barista}, {@code dispatch}, or {@code fallback: …} with the reason when nobody answered
 * @param asOf when it was worked out, by its source's clock; an older estimate never replaces a newer one
 */
public record Estimate(Instant at, String from, Instant asOf) {

    /** To the microsecond, as the database keeps it: else a repeated estimate would pass for newer than itself. */
    public Estimate {
        at = at.truncatedTo(ChronoUnit.MICROS);
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** So far ahead of ours a source's clock may be. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** Nothing is expected later than this from now. */
    private static final Duration FARTHEST = Duration.ofDays(7);

    /**
     * What a source says.
     *
     * @return null when it is expected later than is sensible, or as of a time that our clock is far from: nothing that is
     *         said afterwards could replace it, and to take it as of now would make it newer each time it is repeated
     */
    public static Estimate told(Instant at, String from, Instant asOf, Instant now) {
        return at.isAfter(now.plus(FARTHEST)) || isAhead(asOf, now) ? null : new Estimate(at, from, asOf);
    }

    /** The newer of the two; null is older than anything, and so is what was kept before such times were refused. */
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
