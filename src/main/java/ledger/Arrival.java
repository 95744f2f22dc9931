package ledger;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import ledger.order.Event;
import ledger.order.Order;

/**
 * An event and how it came.
 *
 * @param arrow  the id of the route that brought it
 * @param origin the message it was read from, as only a few are asked for it: those that are parked or come too early;
 *               null when there was none
 */
public record Arrival(Event event, String arrow, Way way, Supplier<Origin> origin) {

    public Arrival(Event event, String arrow, Way way) {
        this(event, arrow, way, null);
    }

    /** The message it was read from, or, where there was none, the event itself. */
    Origin message() {
        return origin != null ? origin.get() : new Origin(arrow, "{}", EventJson.write(event).getBytes(StandardCharsets.UTF_8));
    }

    /** As it is kept when it can't be applied. */
    public Parked parked(String cause) {
        return parked(cause, null);
    }

    /** @param order its order; null when there is none, or none is known */
    Parked parked(String cause, Order order) {
        Origin from = message();
        return new Parked(arrow, way, event.orderId(), order == null ? null : order.content().storeId(), cause,
                from.source(), from.headers(), from.body(), event);
    }
}
