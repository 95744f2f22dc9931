package ledger;

import java.time.Instant;

/**
 * An order that has been owed the same thing for longer than is usual.
 *
 * @param since   when the side was last heard of
 * @param attempt the latest pull for it; null when none has asked yet
 */
public record Stuck(Order order, Debt debt, Instant since, Attempt attempt) {

    /** From when on the next pull asks. */
    public Instant nextAt() {
        Dues dues = order.dues();
        return switch (debt) {
            case PAYMENT -> dues.payment().at();
            case TICKET, MAKING, DECISION -> dues.barista().at();
            case NOTE, DELIVERY, DROP -> dues.dispatch().at();
        };
    }
}
