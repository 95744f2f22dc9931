package ledger.order;

import java.time.Instant;

/** What each side owes, and when a pull looks at it next; null for a side that owes nothing. */
public record Dues(Due payment, Due barista, Due dispatch) {

    /** Nothing is owed. */
    public static final Dues NONE = new Dues(null, null, null);

    /** @param at when the next pull looks; it asks only if the side has been silent for long enough by then */
    public record Due(Debt debt, Instant at) {
    }

    /** What that side owes; null when it owes nothing. */
    public Due of(Debt.Side side) {
        return switch (side) {
            case PAYMENT -> payment;
            case BARISTA -> barista;
            case DISPATCH -> dispatch;
        };
    }
}
