package ledger;

import java.time.Instant;
import ledger.order.Event;
import ledger.order.Outcome;

/**
 * A message that was parked, as the table has it.
 *
 * @param body     its first bytes, as many as were asked for
 * @param bytes    the length of the whole body
 * @param event    the kind of its event; null when it can't be read
 * @param told     the event as JSON
 * @param attempts how often it was replayed
 * @param last     the last replay, or the dismissal; null before any
 */
public record ParkedMessage(long id, Instant parkedAt, String arrow, Way way, String orderId, String storeId,
                            String cause, String source, String headers, byte[] body, int bytes, String event,
                            String told, ParkedState state, int attempts, Act last) {

    /**
     * A replay or a dismissal.
     *
     * @param by      the name of the credential
     * @param reason  null when none was given
     * @param outcome of a replay; null when no event could be applied, and for a dismissal
     */
    public record Act(Instant at, String by, String reason, Outcome outcome) {
    }

    /** @throws Unreadable when this release of the hub can't read such an event */
    Event said() {
        return EventJson.read(event, told);
    }

    Origin origin() {
        return new Origin(source, headers, body);
    }
}
