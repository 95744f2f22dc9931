package simulators.barista;

import contract.CancelOutcome;
import contract.EventType;
import contract.Made;
import contract.MakingStarted;
import contract.Times;
import java.util.Optional;
import simulators.journal.Entry;
import simulators.wire.Topic;
import simulators.wire.TopicEvent;
import simulators.wire.Via;

/** The events by which the barista reports its decisions to the hub. */
final class BaristaEvents {

    private BaristaEvents() {
    }

    /** The event of an entry; empty when there is none, as for a cancel that was asked for and answered over HTTP. */
    static Optional<TopicEvent> event(Entry entry) {
        return Optional.ofNullable(switch (entry.what()) {
            case MAKING_STARTED -> TopicEvent.of(Topic.MAKING_STARTED, entry.id() + "-started", EventType.MAKING_STARTED,
                    entry.orderId(), new MakingStarted(entry.orderId(), entry.id(),
                            MakingStarted.Acceptance.valueOf(entry.get("acceptance")), entry.at()), entry.at());
            case MADE -> TopicEvent.of(Topic.MADE, entry.id() + "-made", EventType.MADE, entry.orderId(),
                    new Made(entry.orderId(), entry.id(), entry.at()), entry.at());
            case CANCEL_AGREED, CANCEL_REFUSED, CANCEL_REPEATED -> Via.PULL.word().equals(entry.get("way")) ? null
                    : TopicEvent.of(Topic.CANCEL_OUTCOME, entry.orderId() + "-cancel-outcome", EventType.CANCEL_OUTCOME,
                            entry.orderId(), outcome(entry), outcome(entry).decidedAt());
            default -> null;
        });
    }

    /** @param decided a decision on a cancel, the first or a repeated one */
    static CancelOutcome outcome(Entry decided) {
        return new CancelOutcome(decided.orderId(), CancelOutcome.Decision.valueOf(decided.get("decision")),
                decided.get("reason"), Times.read(decided.get("decidedAt")));
    }
}
