package ledger.order;

/** How an order ended. No side owes anything afterwards. */
public enum Settlement {
    /** Made, and to be fetched by the customer. */
    MADE, DELIVERED, DELIVERY_FAILED, CANCELLED,
    /** Never paid. */
    EXPIRED,
    /** The barista will never make it: a person is told, and its money is due back. */
    REFUSED
}
