package routes.commit;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import ledger.Arrival;

/**
 * Orders that another session of the database was found to keep locked. Before one of them goes into a transaction again the
 * database is asked whether it is still locked, with SKIP LOCKED, which waits for no lock: the transaction would wait, and
 * all events behind it.
 */
final class LockedOrders {

    /**
     * Orders that are remembered, at most. More are locked only by a statement over the whole table; all are forgotten then.
     */
    private static final int MOST = 10_000;

    private final Function<Collection<String>, Set<String>> held;
    private final Set<String> suspects = ConcurrentHashMap.newKeySet();

    /** @param held which of these orders are locked now */
    LockedOrders(Function<Collection<String>, Set<String>> held) {
        this.held = held;
    }

    /** Remembers orders for which a transaction failed. */
    void found(Set<String> orderIds) {
        if (suspects.size() > MOST) {
            suspects.clear();
        }
        suspects.addAll(orderIds);
    }

    /** The ids of those orders of the arrivals that are still locked; a new set, which the caller may change. */
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
