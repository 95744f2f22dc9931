package ledger.order;

import java.time.Instant;

/** What each side owes, and from when on its silence is worth a look; null when it owes nothing. */
public record Dues(Due payment, Due barista, Due dispatch) {

    public static final Dues NONE = new Dues(null, null, null);

    /** @param at a wake-up: whoever looks then asks first how long the side has really been silent */
    public record Due(Debt debt, Instant at) {
    }
}
