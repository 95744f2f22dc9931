package ledger;

import java.time.Instant;
import ledger.order.Debt;
import ledger.order.Order;

/**
 * An order that has been owed the same thing for longer than is usual.
 *
 * @param debt    null when it is owed over an arrow that was added
 * @param arrow   the added arrow's id; null when it is a debt
 * @param since   when the side was last heard of; of an added arrow, since when it is owed
 * @param attempt the latest pull for it; null when none has asked yet
 * @param nextAt  from when on the next pull asks
 */
public record Stuck(Order order, Debt debt, String arrow, Instant since, Attempt attempt, Instant nextAt) {

    static Stuck owed(Order order, Debt debt, Attempt attempt) {
        return new Stuck(order, debt, null, order.since(debt), attempt, order.dues().of(debt.side()).at());
    }
}
