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
        Check.id("orderId", orderId);
        Check.id("storeId", storeId);
        Check.present("kind", kind);
        Check.amount(amount);
        Check.currency(currency);
        items = Check.list("items", items, 100);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must hold at least one line");
        }
    }
}
