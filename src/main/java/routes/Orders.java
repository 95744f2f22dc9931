package routes;

import java.util.List;
import ledger.Order;
import org.apache.camel.Exchange;

/** The orders that a {@code from: ledger:…} hands on. */
final class Orders {

    private Orders() {
    }

    static List<Order> in(Exchange exchange) {
        List<?> orders = exchange.getMessage().getBody(List.class);
        return orders.stream().map(Order.class::cast).toList();
    }
}
