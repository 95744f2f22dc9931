package ledger;

import java.util.List;
import ledger.order.Order;

/**
 * Some of the orders that a search finds.
 *
 * @param next the id of the last order that was looked at, to go on from; null when there are no more
 */
public record OrderPage(List<Order> orders, String next) {
}
