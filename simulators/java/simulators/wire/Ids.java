package simulators.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids of tickets, notes and payments: kind, number among those of the order, and the order's id. */
public final class Ids {

    private Ids() {
    }

    /** For example {@code T1-order81}; a digest replaces an order id that is too long. At most 64 characters. */
    public static String numbered(String kind, int number, String orderId) {
        String start = kind + number + '-';
        return start.length() + orderId.length() <= 64 ? start + orderId
                : start + UUID.nameUUIDFromBytes(orderId.getBytes(StandardCharsets.UTF_8));
    }
}
