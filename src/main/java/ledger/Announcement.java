package ledger;

import ledger.order.Change;
import ledger.order.Order;

/** A change of an order, told to {@link Announcer}s once it is committed. */
record Announcement(Change change, Order order) {
}
