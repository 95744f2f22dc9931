package simulators.loyalty;

import contract.SettledApi.SettledOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import simulators.journal.Entry;
import simulators.journal.What;

/**
 * What the loyalty programme decides, without HTTP or a clock of its own. Each decision is a journal entry, and the state
 * is changed by entries alone: read back, they rebuild it.
 */
public final class Points {

    private static final int MINOR_UNITS_A_POINT = 100;
    private static final Set<String> GOOD_ENDS = Set.of("MADE", "DELIVERED");

    private final Set<String> keys = new HashSet<>();

    /** An order has settled: a point for each hundred minor units, none where the customer got nothing. Once a key. */
    public synchronized Entry give(SettledOrder order, Instant now) {
        if (keys.contains(order.idempotencyKey())) {
            return Entry.of(now, What.POINTS_REPEATED, order.orderId()).withKey(order.idempotencyKey());
        }
        long points = GOOD_ENDS.contains(order.settledAs()) ? order.amount() / MINOR_UNITS_A_POINT : 0;
        Entry given = Entry.of(now, What.POINTS_GIVEN, order.orderId()).withKey(order.idempotencyKey())
                .withDetail(Map.of("points", "" + points, "settledAs", order.settledAs()));
        restore(given);
        return given;
    }

    /** Changes the state by what the journal says; entries that change nothing are passed over. */
    public synchronized void restore(Entry entry) {
        if (entry.what() == What.POINTS_GIVEN) {
            keys.add(entry.key());
        }
    }
}
