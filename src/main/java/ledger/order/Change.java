package ledger.order;

/** What the ledger announces of an order after a commit, and what a route can begin with. */
public enum Change {
    CONFIRMED, PAID, RECEIVED, MAKING, MADE, NOTED, CANCEL_REQUESTED, CANCEL_REFUSED, CANCELLED, SETTLED;

    /** The name in a route, as in {@code ledger:cancel-requested}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
