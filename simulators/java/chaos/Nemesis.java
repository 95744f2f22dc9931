package chaos;

import java.time.Duration;
import java.util.SplittableRandom;

/** One failure that a run causes and repairs again. */
sealed interface Nemesis permits HubNemesis, BrokerNemesis, RecordsNemesis, RightsNemesis, DatabaseNemesis,
        NeighbourNemesis, NetworkNemesis, ClockNemesis {

    /** The name in reports and for {@code --only}, such as {@code hub killed after commit}. */
    String title();

    /** How long it usually takes to break and repair, for the schedule. */
    Duration usualLength(ChaosPlan plan);

    /** Why this machine can't run it; null when it can. */
    default String cannotStrike() {
        return null;
    }

    /** The work that has to go on meanwhile, because the failure is partial; null when everything may stand still. */
    default LivenessCheck mustGoOn() {
        return null;
    }

    /**
     * Breaks and repairs.
     *
     * @param chance for random choices, such as which hub
     * @return what was seen of its effect
     * @throws NoEffect when no effect was seen
     */
    String strike(Cluster cluster, SplittableRandom chance);

    /** The failure was caused, and had no effect. */
    final class NoEffect extends RuntimeException {
        NoEffect(String why) {
            super(why, null, false, false);
        }
    }
}
