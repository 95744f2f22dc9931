package ledger.order;

/**
 * What became of a message that came in, by {@link Decision}, or went out: in one word, for timeline and counters.
 */
public enum Outcome {
    APPLIED, DUPLICATE, STALE, EARLY, REFUSED, CONFLICT, REFUND_DUE, PARKED,
    /** Went out, and the broker or the neighbour has it. It clears no debt. */
    SENT,
    /** Did not go out, or was not answered. What is owed stays owed. */
    FAILED
}
