package ledger.order;

/** How an order ended. Nothing is owed by anyone afterwards. */
public enum Settlement {
    /** Made, to be fetched by the customer. */
    MADE, DELIVERED, DELIVERY_FAILED, CANCELLED,
    /** Never paid. */
    EXPIRED,
    /** The barista will never make it; handed to a person, and its money is due back. */
    REFUSED
}
