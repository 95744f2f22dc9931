package ledger;

import java.time.Instant;

/**
 * From when on changes are owed over an arrow that was added.
 *
 * @param since changes before this time are not owed
 * @param added whether it begins with this call, rather than with an earlier deployment
 */
public record Guarantee(Instant since, boolean added) {
}
