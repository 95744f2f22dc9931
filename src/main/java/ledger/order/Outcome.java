package ledger.order;

/**
 * What became of a message, in one word, for timeline and counters: of one that came in, by {@link Decision}, or went out.
 */
public enum Outcome {
    APPLIED, DUPLICATE, STALE, EARLY, REFUSED, CONFLICT, REFUND_DUE, PARKED,
    /** Went out, and the broker or the neighbour has it. It clears no debt. */
    SENT,
    /** Did not go out, or was not answered. What is owed stays owed. */
    FAILED
}
