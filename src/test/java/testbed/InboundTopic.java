package testbed;

import contract.CancelOutcome;
import contract.EventType;
import contract.ExpressChanged;
import contract.Kind;
import contract.Made;
import contract.MakingStarted;
import java.time.Instant;

/** The topics that the hub reads, and for each a good message and what it brings about. */
public enum InboundTopic {

    MAKING_STARTED("lucky_making_started_topic", "making-started", EventType.MAKING_STARTED) {
        @Override
        Record message(String orderId) {
            return new MakingStarted(orderId, "T-" + orderId, MakingStarted.Acceptance.MANUAL, Instant.now());
        }
    },
    MADE("lucky_made_topic", "made", EventType.MADE) {
        @Override
        Record message(String orderId) {
            return new Made(orderId, "T-" + orderId, Instant.now());
        }
    },
    EXPRESS("lucky_order_express_topic", "express-sync", EventType.EXPRESS_CHANGED) {
        @Override
        Record message(String orderId) {
            return new ExpressChanged(orderId, "N-" + orderId, 1, ExpressChanged.State.NOTED, null, null, Instant.now());
        }
    },
    CANCEL_OUTCOME("lucky_cancel_outcome_topic", "cancel-outcome", EventType.CANCEL_OUTCOME) {
        @Override
        Record message(String orderId) {
            return new CancelOutcome(orderId, CancelOutcome.Decision.REFUSED, "too late", Instant.now());
        }

        @Override
        public OrderLife expecting(SharedHub bed) {
            OrderLife life = super.expecting(bed);
            HubClient.Reply reply = bed.client().cancel(life.id());
            if (reply.status() != 202) {
                throw new AssertionError(reply.text());
            }
            return life;
        }
    };

    public final String topic;
    public final String arrow;
    final EventType type;

    InboundTopic(String topic, String arrow, EventType type) {
        this.topic = topic;
        this.arrow = arrow;
        this.type = type;
    }

    /** What its neighbour says of an order. */
    abstract Record message(String orderId);

    /** A paid order to which the message will be news. */
    public OrderLife expecting(SharedHub bed) {
        return OrderLife.paid(bed, Kind.DELIVERY);
    }

    public RecordDraft draft(String orderId) {
        return RecordDraft.of(topic, type, orderId, message(orderId));
    }
}
