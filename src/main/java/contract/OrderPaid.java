package contract;

import java.time.Instant;
import java.util.List;

/** {@code lucky_order_to_barista_topic}: a paid order, to be made once. */
public record OrderPaid(String orderId, String storeId, Kind kind, List<Item> items, Instant paidAt) {
    public OrderPaid {
        Bounds.id("orderId", orderId);
        Bounds.id("storeId", storeId);
        Bounds.present("kind", kind);
        items = Bounds.list("items", items, 100);
        Bounds.present("paidAt", paidAt);
    }
}
