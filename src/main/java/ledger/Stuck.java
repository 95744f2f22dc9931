package ledger;

import java.time.Instant;
import ledger.order.Debt;
import ledger.order.Order;

/**
 * An order that has been owed the same thing for too long.
 *
 * @param debt    what is owed; null when it is owed over an arrow that was added
 * @param arrow   the added arrow's id; null when it is a debt
 * @param since   when the side was last heard of; for an added arrow, from when on it is owed
 * @param attempt the latest attempt of a pull; null when there was none
 * @param nextAt  when the next pull looks
 */
public record Stuck(Order order, Debt debt, String arrow, Instant since, Attempt attempt, Instant nextAt) {

    static Stuck owed(Order order, Debt debt, Attempt attempt) {
        return new Stuck(order, debt, null, order.since(debt), attempt, order.dues().of(debt.side()).at());
    }
}
