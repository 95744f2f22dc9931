package ledger;

import java.time.Instant;

/**
 * Since when an arrow that was added later is owed: what changed before is not.
 *
 * @param added whether it begins now, rather than with an earlier deployment
 */
public record Guarantee(Instant since, boolean added) {
}
