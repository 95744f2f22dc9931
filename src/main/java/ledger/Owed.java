package ledger;

import ledger.order.Debt;
import ledger.order.Patience;

/**
 * How many orders are owed the same thing at this moment.
 *
 * @param late those of them whose side has been silent for longer than {@link Patience} allows, or has not answered a pull;
 *             0 for payments, as a customer need not pay
 */
public record Owed(What what, long orders, long late) {

    /** What is owed. */
    public sealed interface What permits Awaited, Added {
    }

    /** A debt. @param accepted for {@link Debt#MAKING}: whether making has begun, so that only its end is awaited */
    public record Awaited(Debt debt, boolean accepted) implements What {
    }

    /** An acknowledgement over an arrow that was added by {@link WorkQueues#guarantee}. */
    public record Added(String arrow) implements What {
    }
}
