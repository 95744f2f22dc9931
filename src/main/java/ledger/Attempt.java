package ledger;

import java.time.Instant;

/**
 * A pull's latest attempt to get what an order is owed.
 *
 * @param number how many there were, this one included
 * @param cause  why it was in vain; null while it is under way
 */
public record Attempt(int number, String cause, Instant at) {
}
