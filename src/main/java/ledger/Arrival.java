package ledger;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import ledger.order.Event;
import ledger.order.Order;

/**
 * An event and the way by which it came.
 *
 * @param arrow  the id of the route that brought it
 * @param origin gives the message that the event was read from. Asked only for events that are parked or come too early;
 *               null when there was no message
 */
public record Arrival(Event event, String arrow, Way way, Supplier<Origin> origin) {

    public Arrival(Event event, String arrow, Way way) {
        this(event, arrow, way, null);
    }

    /** The message that it was read from, or the event itself where there was none. */
    Origin message() {
        return origin != null ? origin.get()
                : new Origin(arrow, "{}", EventJson.write(event).getBytes(StandardCharsets.UTF_8));
    }

    /** This arrival as it is parked when it can't be applied. @param cause in words */
    public Parked parked(String cause) {
        return parked(cause, null);
    }

    /** @param order null when there is none, or it was not read */
    Parked parked(String cause, Order order) {
        Origin from = message();
        return new Parked(arrow, way, event.orderId(), order == null ? null : order.content().storeId(), cause,
                from.source(), from.headers(), from.body(), event);
    }
}
