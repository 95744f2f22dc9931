package ledger.order;

/** What the ledger announces after a commit: the moments from which arrows start. */
public enum Change {
    CONFIRMED, PAID, RECEIVED, MAKING, MADE, NOTED, CANCEL_REQUESTED, CANCEL_REFUSED, CANCELLED, SETTLED;

    /** As it stands in a route: {@code ledger:cancel-requested}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
