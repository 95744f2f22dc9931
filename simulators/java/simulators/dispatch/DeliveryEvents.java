package simulators.dispatch;

import contract.EventType;
import contract.ExpressChanged;
import contract.Times;
import java.util.Optional;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Topic;
import simulators.wire.TopicEvent;

/** 配送信息同步: the events by which dispatch reports the steps of a delivery. */
final class DeliveryEvents {

    private static final String TAG = "luckyorder_express";

    private DeliveryEvents() {
    }

    /** The event of an entry; empty when it is no step of a delivery. */
    static Optional<TopicEvent> told(Entry entry) {
        if (entry.what() != What.EXPRESS_CHANGED) {
            return Optional.empty();
        }
        ExpressChanged express = new ExpressChanged(entry.orderId(), entry.id(), Integer.parseInt(entry.get("attempt")),
                state(entry), entry.get("courier"), Times.read(entry.get("deliveredAt")), entry.at());
        String id = entry.id() + '-' + express.attempt() + '-' + express.state();
        return Optional.of(TopicEvent.of(Topic.ORDER_EXPRESS, id, EventType.EXPRESS_CHANGED, entry.orderId(), express,
                entry.at()).withTag(TAG));
    }

    static boolean isOver(Entry entry) {
        ExpressChanged.State state = state(entry);
        return state == ExpressChanged.State.DELIVERED || state == ExpressChanged.State.FAILED;
    }

    private static ExpressChanged.State state(Entry entry) {
        return ExpressChanged.State.valueOf(entry.get("state"));
    }
}
