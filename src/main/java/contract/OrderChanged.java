package contract;

import java.time.Instant;

/**
 * {@code lucky_order_changed_topic}, 订单状态变更通用结构体: an order's state, for any system that acts on it. It is no command:
 * dispatch judges the make state itself (判断制作状态) and makes its note when it says MADE.
 *
 * @param makeState     CONFIRMED, PAID, RECEIVED, MAKING or MADE
 * @param deliveryState NONE, NOTED, ASSIGNED, PICKED_UP, DELIVERED or FAILED
 * @param version       grows with each change of the order
 */
public record OrderChanged(String orderId, String storeId, Kind kind, String makeState, String deliveryState,
                           long version, Instant changedAt) {
    public OrderChanged {
        Bounds.id("orderId", orderId);
        Bounds.id("storeId", storeId);
        Bounds.present("kind", kind);
        Bounds.oneOf("makeState", makeState, "CONFIRMED", "PAID", "RECEIVED", "MAKING", "MADE");
        Bounds.oneOf("deliveryState", deliveryState, "NONE", "NOTED", "ASSIGNED", "PICKED_UP", "DELIVERED", "FAILED");
        if (version < 0) {
            throw new IllegalArgumentException("version must not be below 0");
        }
        Bounds.present("changedAt", changedAt);
    }
}
