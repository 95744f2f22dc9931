package ledger;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Another session of the database keeps these orders locked for longer than a batch waits. Nothing of the batch was done;
 * the same batch without these orders can be.
 */
public final class OrdersHeld extends PessimisticLockingFailureException {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> ids;

    public OrdersHeld(Set<String> ids, Throwable cause) {
        super("another session of the database keeps order=" + String.join(", order=", new TreeSet<>(ids))
                + " locked; the hub goes on with other orders. pg_stat_activity names that session (state 'idle in"
                + " transaction'); if it is not about to end, end it with pg_terminate_backend", cause);
        this.ids = Set.copyOf(ids);
    }

    /** The ids of the orders that are locked. */
    public Set<String> ids() {
        return ids;
    }
}
