package ledger;

import java.util.List;
import ledger.order.Change;
import ledger.order.Order;

/** Is told what was committed, after the commit. Best effort by nature: what gets lost here, a pull finds in the rows. */
public interface Announcer {

    /** Must return at once and must not throw. @param orders as they were right after the change */
    void announce(Change change, List<Order> orders);
}
