package contract;

import java.time.Instant;
import java.util.List;

/**
 * What any later neighbour is told of settled orders over HTTP, and how it acknowledges: loyalty points, accounting,
 * statistics. The path is the neighbour's own.
 */
public interface SettledApi {

    /** These orders have all they will ever get. */
    record SettledRequest(List<SettledOrder> orders) {
        public SettledRequest {
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    /**
     * @param idempotencyKey one effect a key, however often and by whatever way it comes
     * @param amount         what had to be paid, in minor units
     * @param currency       ISO 4217
     * @param settledAs      how it ended: MADE, DELIVERED, DELIVERY_FAILED, CANCELLED, EXPIRED or REFUSED
     */
    record SettledOrder(String orderId, String idempotencyKey, String storeId, Kind kind, long amount, String currency,
                        String settledAs, Instant settledAt) {
        public SettledOrder {
            Bounds.id("orderId", orderId);
            Bounds.present("idempotencyKey", idempotencyKey);
            Bounds.id("storeId", storeId);
            Bounds.present("kind", kind);
            Bounds.amount(amount);
            Bounds.currency(currency);
            Bounds.oneOf("settledAs", settledAs, "MADE", "DELIVERED", "DELIVERY_FAILED", "CANCELLED", "EXPIRED", "REFUSED");
            Bounds.present("settledAt", settledAt);
        }
    }

    /** The answer to {@link SettledRequest}: the orders that it won't have to be told of again. */
    record Acknowledgement(List<String> acknowledged) {
        public Acknowledgement {
            acknowledged = Bounds.list("acknowledged", acknowledged, 1000);
            acknowledged.forEach(orderId -> Bounds.id("acknowledged", orderId));
        }
    }
}
