package contract;

import java.time.Instant;

/** {@code lucky_made_topic}: the order's drinks stand on the counter (制作完成). */
public record Made(String orderId, String ticketId, Instant madeAt) {
    public Made {
        Check.id("orderId", orderId);
        Check.id("ticketId", ticketId);
        Check.present("madeAt", madeAt);
    }
}
