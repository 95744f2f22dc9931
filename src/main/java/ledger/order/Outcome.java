package ledger.order;

/** A {@link Decision}, or what became of a message that went out, in one word: the vocabulary of timeline and counters. */
public enum Outcome {
    APPLIED, DUPLICATE, STALE, EARLY, REFUSED, CONFLICT, REFUND_DUE, PARKED,
    /** Went out, and the broker or the neighbour has it. No debt is cleared by this. */
    SENT,
    /** Did not go out, or no answer came; what is owed stays owed. */
    FAILED
}
