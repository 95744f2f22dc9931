package ledger;

import java.util.List;
import ledger.order.Change;
import ledger.order.Order;

/**
 * Is told of changes after their commit. An announcement may get lost, as when the hub stops; a pull finds it in the rows.
 */
public interface Announcer {

    /** Must return at once and must not throw. @param orders as they were right after the change */
    void announce(Change change, List<Order> orders);
}
