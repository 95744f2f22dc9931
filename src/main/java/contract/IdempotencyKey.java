package contract;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The stable name of an effect that the hub asks a neighbour for. A neighbour that has seen the key does nothing the
 * second time, whatever the way the request came: the same order by push or by pull carries the same key. On Kafka it
 * is the CloudEvent's {@code id}, over HTTP the field {@code idempotencyKey} of each order.
 *
 * <p>It names the order by its id and the time of its confirmation, to the microsecond: an id that comes again after the hub
 * has forgotten it is another order, whose effects are others.
 */
public final class IdempotencyKey {

    /** Always of the same length: two hubs make the same text of the same time. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private IdempotencyKey() {
    }

    /** One ticket an order. @param confirmedAt null for an order from before keys carried the time; so for all of these */
    public static String ticket(String orderId, Instant confirmedAt) {
        return of("ticket", orderId, confirmedAt);
    }

    /** One delivery note an order. */
    public static String note(String orderId, Instant confirmedAt) {
        return of("note", orderId, confirmedAt);
    }

    /** One decision of the barista on a cancel. */
    public static String cancelMaking(String orderId, Instant confirmedAt) {
        return of("cancel-making", orderId, confirmedAt);
    }

    public static String cancelDispatch(String orderId, Instant confirmedAt) {
        return of("cancel-dispatch", orderId, confirmedAt);
    }

    /** What an arrow that was added later asks for, once an order. */
    public static String of(String arrow, String orderId, Instant confirmedAt) {
        // No id has an '@'.
        return arrow + "-" + orderId + (confirmedAt == null ? "" : "@" + TIME.format(confirmedAt));
    }
}
