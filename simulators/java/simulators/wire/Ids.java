package simulators.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids that simulators give: they say which order, and which of its kind. */
public final class Ids {

    private Ids() {
    }

    /** For example {@code T1-order81}; of an id too long to fit, a digest stands in. At most 64 characters. */
    public static String numbered(String kind, int number, String orderId) {
        String start = kind + number + '-';
        return start.length() + orderId.length() <= 64 ? start + orderId
                : start + UUID.nameUUIDFromBytes(orderId.getBytes(StandardCharsets.UTF_8));
    }
}
