package routes.commit;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import ledger.Arrival;

/**
 * Orders that another session of the database was found to keep locked. Whether it still does is asked before one of them
 * goes into a transaction again: that waits for nothing, where the transaction, and all that is behind it, would.
 */
final class LockedOrders {

    /** More are locked only by a statement over the whole table; then each is waited for once more. */
    private static final int MOST = 10_000;

    private final Function<Collection<String>, Set<String>> held;
    private final Set<String> suspects = ConcurrentHashMap.newKeySet();

    /** @param held those of the orders that are locked now */
    LockedOrders(Function<Collection<String>, Set<String>> held) {
        this.held = held;
    }

    void found(Set<String> orderIds) {
        if (suspects.size() > MOST) {
            suspects.clear();
        }
        suspects.addAll(orderIds);
    }

    /** The ids of those orders of the arrivals that are still locked. */
    Set<String> among(List<Arrival> arrivals) {
        if (suspects.isEmpty()) {
            return new HashSet<>();
        }
        Set<String> asked = new HashSet<>();
        arrivals.stream().map(arrival -> arrival.event().orderId()).filter(suspects::contains).forEach(asked::add);
        if (asked.isEmpty()) {
            return asked;
        }
        Set<String> still = new HashSet<>(held.apply(asked));
        asked.removeAll(still);
        suspects.removeAll(asked);
        return still;
    }
}
