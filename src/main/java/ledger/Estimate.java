package ledger;

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

    /** The newer of the two; null is older than anything. */
    static Estimate newer(Estimate known, Estimate other) {
        if (known == null || other == null) {
            return known == null ? other : known;
        }
        return other.asOf().isAfter(known.asOf()) ? other : known;
    }
}
