package ledger;

/** How a message came or went. */
public enum Way {
    /** Sent by the side that knows, at once. */
    PUSH,
    /** Fetched by the side that misses it, by a job. */
    PULL,
    /** Asked for and answered on the spot. */
    CALL,
    /** Was parked, and an operator sent it the same way again. */
    REPLAY
}
