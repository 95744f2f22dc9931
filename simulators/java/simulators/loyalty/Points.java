package simulators.loyalty;

import contract.SettledApi.SettledOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import simulators.journal.Entry;
import simulators.journal.What;

/**
 * The decisions and the state of the loyalty programme, without HTTP or a clock. Each decision is a journal entry, and only
 * entries change the state, so that the journal restores it.
 */
public final class Points {

    private static final int MINOR_UNITS_A_POINT = 100;
    private static final Set<String> GOOD_ENDS = Set.of("MADE", "DELIVERED");

    private final Set<String> keys = new HashSet<>();

    /**
     * Gives points for a settled order, once for each idempotency key: one a hundred minor units, none if nothing was
     * served.
     */
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

    /** Changes the state by an entry of the journal; entries that change nothing are ignored. */
    public synchronized void restore(Entry entry) {
        if (entry.what() == What.POINTS_GIVEN) {
            keys.add(entry.key());
        }
    }
}
