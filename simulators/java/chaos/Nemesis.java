package chaos;

import java.time.Duration;
import java.util.SplittableRandom;

/** One way of breaking something, and of mending it again. */
sealed interface Nemesis permits HubNemesis, BrokerNemesis, RecordsNemesis, RightsNemesis, DatabaseNemesis,
        NeighbourNemesis, NetworkNemesis, ClockNemesis {

    /** In a report, as in {@code hub killed after commit}. */
    String title();

    /** How long it usually takes from the blow until all is mended, for the schedule. */
    Duration usualLength(ChaosPlan plan);

    /** Why it can't strike on this machine; null when it can. */
    default String cannotStrike() {
        return null;
    }

    /** What has to go on all the while, as it is harmed only in part; null when all of it may stand still. */
    default LivenessCheck mustGoOn() {
        return null;
    }

    /**
     * Breaks and mends.
     *
     * @return what was seen of its effect
     * @throws NoEffect when it did nothing
     */
    String strike(Cluster cluster, SplittableRandom chance);

    /** The blow was struck and hit nothing. */
    final class NoEffect extends RuntimeException {
        NoEffect(String why) {
            super(why, null, false, false);
        }
    }
}
