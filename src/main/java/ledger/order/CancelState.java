package ledger.order;

/** How far a cancel has come (逆向流程). The barista's first durable decision stands. */
public enum CancelState {
    NONE, CANCEL_REQUESTED, CANCELLED, REFUSED
}
