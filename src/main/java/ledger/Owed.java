package ledger;

import ledger.order.Debt;
import ledger.order.Patience;

/**
 * How many orders are owed the same thing at this moment.
 *
 * @param late those of them whose side has been silent for longer than {@link Patience} allows, or was asked in vain;
 *             never of a payment, which a customer owes nobody
 */
public record Owed(What what, long orders, long late) {

    /** What is owed. */
    public sealed interface What permits Awaited, Added {
    }

    /** @param accepted of {@link Debt#MAKING}: whether it is begun, so that only its end is awaited */
    public record Awaited(Debt debt, boolean accepted) implements What {
    }

    /** Over an arrow that was added by {@link WorkQueues#guarantee}. */
    public record Added(String arrow) implements What {
    }
}
