package contract;

/** How the customer gets the order: fetched at the store, or brought by a courier. */
public enum Kind {
    PICKUP, DELIVERY
}
