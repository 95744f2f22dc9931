package ledger;

/**
 * The latest attempt of a pull to get what an order is owed.
 *
 * @param number how many attempts there were, this one included; 0 when the only claim was released unasked
 * @param cause  why it failed; null while it is under way
 */
public record Attempt(int number, String cause) {
}
