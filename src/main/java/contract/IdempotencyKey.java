package contract;

/**
 * The stable name of an effect that the hub asks a neighbour for. A neighbour that has seen the key does nothing the
 * second time, whatever the way the request came: the same order by push or by pull carries the same key. On Kafka it
 * is the CloudEvent's {@code id}, over HTTP the field {@code idempotencyKey} of each order.
 */
public final class IdempotencyKey {

    private IdempotencyKey() {
    }

    /** One ticket an order. */
    public static String ticket(String orderId) {
        return "ticket-" + orderId;
    }

    /** One delivery note an order. */
    public static String note(String orderId) {
        return "note-" + orderId;
    }

    /** One decision of the barista on a cancel. */
    public static String cancelMaking(String orderId) {
        return "cancel-making-" + orderId;
    }

    public static String cancelDispatch(String orderId) {
        return "cancel-dispatch-" + orderId;
    }

    /** What an arrow that was added later asks for, once an order. */
    public static String of(String arrow, String orderId) {
        return arrow + "-" + orderId;
    }
}
