package chaos;

import embedded.JvmProcess;
import embedded.Wait;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/** Failures of payment, barista and dispatch, which share a process. */
enum NeighbourNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            JvmProcess all = cluster.neighbours();
            all.kill();
            String died = "process " + all.pid() + " of the neighbours died with exit code " + all.exitCode();
            all.start();
            // The fault rules end with the process and have to be set again.
            FaultMix.awaitUp(cluster);
            FaultMix.set(cluster, cluster.plan().neighbours());
            return died;
        }
    },

    STOPPED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            cluster.neighbours().stop();
            Wait.lasting(STOPPED_FOR);
            cluster.neighbours().resume();
            return "process " + cluster.neighbours().pid() + " of the neighbours stood still for "
                    + STOPPED_FOR.toSeconds() + " s";
        }
    },

    /** Most stores answer 500 to every call, and half of the pushes are lost, so that many orders have to be pulled. */
    STORES_DOWN {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            FaultMix.set(cluster, FaultMix.and(cluster.plan().neighbours(), "barista", "down=0.8@stores:60m",
                    "lose=0.5@orders-in"));
            Wait.lasting(STORES_DOWN_FOR);
            FaultMix.set(cluster, cluster.plan().neighbours());
            return "four of five stores were down for " + STORES_DOWN_FOR.toSeconds() + " s";
        }

        @Override
        public LivenessCheck mustGoOn() {
            return LivenessCheck.HANDING_OVER;
        }
    };

    private static final Duration STORES_DOWN_FOR = Duration.ofSeconds(40);
    private static final Duration STOPPED_FOR = Duration.ofSeconds(8);

    @Override
    public String title() {
        return "neighbours " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return switch (this) {
            case KILLED -> Duration.ofSeconds(5);
            case STOPPED -> STOPPED_FOR;
            case STORES_DOWN -> STORES_DOWN_FOR;
        };
    }
}
