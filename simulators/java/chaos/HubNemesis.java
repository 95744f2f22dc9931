package chaos;

import embedded.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Failures of a hub. */
enum HubNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            HubNode hub = any(cluster, chance);
            Wait.lasting(Duration.ofMillis(chance.nextInt(2_000)));
            hub.process().kill();
            return died(cluster, hub);
        }
    },

    /** The COMMIT of a callback's transaction never reaches the database. */
    KILLED_BEFORE_COMMIT {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return killedAt(cluster, hub -> hub.beforeCommit, "before a payment's COMMIT reached the database");
        }
    },

    /** The database has committed; neither the hub nor its caller gets the answer. */
    KILLED_AFTER_COMMIT {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return killedAt(cluster, hub -> hub.afterCommit, "after a payment's COMMIT, before its answer");
        }
    },

    KILLED_AFTER_PUSH {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            Map<HubNode, Long> before = new LinkedHashMap<>();
            cluster.hubs().forEach(hub -> before.put(hub, hub.payments()));
            // The hub that takes a payment pushes its order.
            Supplier<Optional<HubNode>> taker = () -> before.keySet().stream()
                    .filter(hub -> hub.payments() > before.get(hub)).findFirst();
            if (!cluster.kafka().seesPush(() -> taker.get().isPresent(), LONGEST_WAIT)) {
                throw new NoEffect("no hub took a payment and pushed its order within " + LONGEST_WAIT);
            }
            HubNode hub = taker.get().orElseThrow();
            hub.process().kill();
            return died(cluster, hub) + " right after a push";
        }
    },

    /** The barista has the question of a pull, and the hub doesn't get the answer. */
    KILLED_IN_A_PULL {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return killedAt(cluster, hub -> hub.inPull, "while it pulled");
        }
    },

    /** Suspended for longer than its claims and its Kafka session last; then it goes on with what it knew. */
    STOPPED {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            HubNode hub = any(cluster, chance);
            hub.process().stop();
            Wait.lasting(STOPPED_FOR);
            boolean stopped = hub.process().isAlive();
            hub.process().resume();
            if (!stopped) {
                throw new NoEffect(hub.name() + " wasn't running");
            }
            hub.awaitReady();
            return "process " + hub.process().pid() + " of " + hub.name() + " stood still for "
                    + STOPPED_FOR.toSeconds() + " s";
        }
    };

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration STOPPED_FOR = HubArguments.SESSION.plusSeconds(1);

    @Override
    public String title() {
        return "hub " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return this == STOPPED ? STOPPED_FOR.plusSeconds(1) : Duration.ofSeconds(4);
    }

    private static HubNode any(Cluster cluster, SplittableRandom chance) {
        List<HubNode> hubs = cluster.hubs();
        return hubs.get(chance.nextInt(hubs.size()));
    }

    /**
     * Kills the hub at which the moment comes first: a hub that has just restarted has no caller's connection for a
     * while.
     */
    private static String killedAt(Cluster cluster, Function<HubNode, OneShot> of, String when) {
        Map<OneShot, HubNode> hubs = new LinkedHashMap<>();
        cluster.hubs().forEach(hub -> hubs.put(of.apply(hub), hub));
        OneShot fired = OneShot.first(hubs.keySet(), shot -> hubs.get(shot).process()::kill, LONGEST_WAIT)
                .orElseThrow(() -> new NoEffect("the moment " + when + " didn't come within " + LONGEST_WAIT));
        return died(cluster, hubs.get(fired)) + ' ' + when;
    }

    /** Makes sure that the hub has ended, and starts it again without waiting for it. */
    private static String died(Cluster cluster, HubNode hub) {
        if (hub.process().isAlive()) {
            throw new NoEffect(hub.name() + " survived");
        }
        String how = "process " + hub.process().pid() + " of " + hub.name() + " died with exit code "
                + hub.process().exitCode();
        cluster.revive(hub);
        return how;
    }
}
