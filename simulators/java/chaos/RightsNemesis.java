package chaos;

import embedded.Wait;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import simulators.wire.Topic;

/** The broker denies the hubs a right for a while, as by a mistake in its ACLs; the neighbours keep the right. */
enum RightsNemesis implements Nemesis {

    ON_THE_GROUPS(ResourceType.GROUP, PatternType.PREFIXED, ConsumerGroups.PREFIX, AclOperation.READ) {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            ConsumerGroups groups = new ConsumerGroups(cluster.kafka());
            return without(cluster, groups::read, groups::written);
        }
    },

    TO_READ_A_TOPIC(ResourceType.TOPIC, PatternType.LITERAL, Topic.MADE, AclOperation.READ) {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return without(cluster, () -> new ConsumerGroups(cluster.kafka()).read(Topic.MADE),
                    () -> cluster.kafka().written(Topic.MADE));
        }
    },

    /** Orders that are paid meanwhile have to be handed over by pull. */
    TO_WRITE_A_TOPIC(ResourceType.TOPIC, PatternType.LITERAL, Topic.ORDER_TO_BARISTA, AclOperation.WRITE) {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return without(cluster, () -> cluster.kafka().written(Topic.ORDER_TO_BARISTA),
                    () -> cluster.hubs().stream().mapToLong(HubNode::payments).sum());
        }
    };

    /** Longer than the session time-out of the hubs' consumers. */
    private static final Duration TAKEN_FOR = HubArguments.SESSION.plusSeconds(2);
    /** Until records in flight have been read or written. */
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private final ResourcePattern what;
    private final AclOperation operation;

    RightsNemesis(ResourceType type, PatternType pattern, String name, AclOperation operation) {
        this.what = new ResourcePattern(type, name, pattern);
        this.operation = operation;
    }

    @FunctionalInterface
    private interface Count {
        long now();
    }

    @Override
    public String title() {
        return "rights of the hubs " + name().toLowerCase(Locale.ROOT).replace('_', ' ') + " taken";
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return AFTERMATH.plus(TAKEN_FOR);
    }

    /**
     * Denies the right for a while.
     *
     * @param done   counts what can't be done without the right
     * @param wanted counts what there is to do
     * @return what was seen
     */
    String without(Cluster cluster, Count done, Count wanted) {
        try {
            cluster.kafka().deny(what, operation);
            Wait.lasting(AFTERMATH);
            long doneBefore = done.now();
            long wantedBefore = wanted.now();
            Wait.lasting(TAKEN_FOR);
            long came = wanted.now() - wantedBefore;
            long went = done.now() - doneBefore;
            if (came == 0 || went > 0) {
                throw new NoEffect("of " + came + " records " + went + " were read or written all the same");
            }
            return "for " + TAKEN_FOR.toSeconds() + " s no right to " + operation + ' ' + what.name() + ", for which "
                    + came + " records waited";
        } catch (IllegalStateException e) {
            throw new NoEffect(e.getMessage() + ": " + e.getCause());
        } finally {
            cluster.kafka().denyNothing();
        }
    }
}
