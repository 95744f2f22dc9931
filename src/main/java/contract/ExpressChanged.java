package contract;

import java.time.Instant;

/**
 * {@code lucky_order_express_topic}, tag {@code luckyorder_express}: what a delivery has come to (配送信息同步).
 *
 * @param noteId      dispatch's delivery note; an order has one
 * @param attempt     from 1; a reassigned courier or a second try is the next attempt, whose states start again
 * @param state       FAILED means that dispatch gave up, not that one attempt failed
 * @param courier     dispatch's id of the courier; null until assigned
 * @param deliveredAt when the order is expected at, or was handed to, the customer; may be null
 * @param changedAt   dispatch's clock; the newer estimate wins
 */
public record ExpressChanged(String orderId, String noteId, int attempt, State state, String courier,
                             Instant deliveredAt, Instant changedAt) {

    public enum State {
        NOTED, ASSIGNED, PICKED_UP, DELIVERED, FAILED
    }

    public ExpressChanged {
        Bounds.id("orderId", orderId);
        Bounds.id("noteId", noteId);
        if (attempt < 1 || attempt > 100) {
            throw new IllegalArgumentException("attempt must be 1 to 100");
        }
        Bounds.present("state", state);
        if (courier != null) {
            Bounds.id("courier", courier);
        }
        Bounds.present("changedAt", changedAt);
    }
}
