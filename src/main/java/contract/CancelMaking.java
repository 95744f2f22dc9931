package contract;

import java.time.Instant;

/** {@code lucky_cancel_making_topic}: please don't make this order (取消订单制作). The barista's first durable decision wins. */
public record CancelMaking(String orderId, String storeId, String reason, Instant requestedAt) {
    public CancelMaking {
        Bounds.id("orderId", orderId);
        Bounds.id("storeId", storeId);
        Bounds.text("reason", reason);
        Bounds.present("requestedAt", requestedAt);
    }
}
