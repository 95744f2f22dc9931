package ledger;

/** How an order ended. Nothing is owed by anyone afterwards. */
public enum Settlement {
    /** Made, to be fetched by the customer. */
    MADE, DELIVERED, DELIVERY_FAILED, CANCELLED,
    /** Never paid. */
    EXPIRED
}
