package ledger.order;

/** How far one attempt of the delivery has come. The constants stand in the order of progress. */
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
