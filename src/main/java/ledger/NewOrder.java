package ledger;

import java.util.List;
import ledger.order.Estimate;
import ledger.order.Order;

/**
 * A wish to confirm an order.
 *
 * @param delivered null for an order that is fetched
 * @param steps     the questions that were asked before it was confirmed, for its timeline
 */
public record NewOrder(String id, Order.Content content, Estimate ready, Estimate delivered, List<Step> steps) {
}
