package ledger.order;

/** What became of the wish to cancel (逆向流程). The barista's first durable decision wins. */
public enum CancelState {
    NONE, CANCEL_REQUESTED, CANCELLED, REFUSED
}
