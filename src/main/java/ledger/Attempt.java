package ledger;

/**
 * A pull's latest attempt to get what an order is owed.
 *
 * @param number how many there were, this one included; 0 when the only one was given back
 * @param cause  why it was in vain; null while it is under way
 */
public record Attempt(int number, String cause) {
}
