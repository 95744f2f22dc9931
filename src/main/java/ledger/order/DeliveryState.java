package ledger.order;

/** How far the delivery has come, within one attempt. The order of the constants is the order of progress. */
public enum DeliveryState {
    NONE,
    /** Dispatch has a delivery note (创建配送单). */
    NOTED, ASSIGNED, PICKED_UP, DELIVERED,
    /** Dispatch gave up. */
    FAILED;

    boolean isFinal() {
        return this == DELIVERED || this == FAILED;
    }
}
