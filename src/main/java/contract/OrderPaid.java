package contract;

import java.time.Instant;
import java.util.List;

/** {@code lucky_order_to_barista_topic}: a paid order, to be made once. */
public record OrderPaid(String orderId, String storeId, Kind kind, List<Item> items, Instant paidAt) {
    public OrderPaid {
        Check.id("orderId", orderId);
        Check.id("storeId", storeId);
        Check.present("kind", kind);
        items = Check.list("items", items, 100);
        Check.present("paidAt", paidAt);
    }
}
