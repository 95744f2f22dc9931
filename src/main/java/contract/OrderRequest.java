package contract;

import java.util.List;

/**
 * {@code POST /api/orders}: an order to be confirmed.
 *
 * @param orderId  the shop's own id; the same id again is the same order
 * @param storeId  where it is made
 * @param amount   what has to be paid, in minor units
 * @param currency ISO 4217
 * @param items    1 to 100 lines
 */
public record OrderRequest(String orderId, String storeId, Kind kind, long amount, String currency, List<Item> items) {
    public OrderRequest {
        Bounds.id("orderId", orderId);
        Bounds.id("storeId", storeId);
        Bounds.present("kind", kind);
        Bounds.amount(amount);
        Bounds.currency(currency);
        items = Bounds.list("items", items, 100);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must hold at least one line");
        }
    }
}
