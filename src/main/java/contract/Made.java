package contract;

import java.time.Instant;

/** {@code lucky_made_topic}: the order's drinks stand on the counter (制作完成). */
public record Made(String orderId, String ticketId, Instant madeAt) {
    public Made {
        Bounds.id("orderId", orderId);
        Bounds.id("ticketId", ticketId);
        Bounds.present("madeAt", madeAt);
    }
}
