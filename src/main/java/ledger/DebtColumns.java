package ledger;

import ledger.order.Debt;

/**
 * The columns of {@code orders} that hold one debt.
 *
 * @param owes  the condition that an order is owed it, as the predicates of the indexes have it, so that the planner sees
 *              that they fit
 * @param due   when a pull looks next
 * @param since when the side was last heard of
 */
record DebtColumns(String owes, String due, String since) {

    static DebtColumns of(Debt debt) {
        String since = switch (debt.since()) {
            case CONFIRMED -> "confirmed_at";
            case MAKING -> "make_since";
            case DELIVERY -> "delivery_since";
            case CANCEL -> "cancel_since";
        };
        return switch (debt.side()) {
            case PAYMENT -> new DebtColumns("payment_due IS NOT NULL", "payment_due", since);
            case BARISTA -> new DebtColumns("barista_owes = '" + debt + "'", "barista_due", since);
            case DISPATCH -> new DebtColumns("dispatch_owes = '" + debt + "'", "dispatch_due", since);
        };
    }

    /** Puts the columns into a statement. They are names of our own; none comes from outside. */
    String in(String statement) {
        return statement.replace("${owes}", owes).replace("${due}", due).replace("${since}", since);
    }
}
