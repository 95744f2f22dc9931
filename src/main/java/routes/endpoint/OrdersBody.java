package routes.endpoint;

import java.util.List;
import ledger.order.Order;
import org.apache.camel.Exchange;

/** The body after a {@code from: ledger:…} or {@code pull:…}: the orders. */
public final class OrdersBody {

    private OrdersBody() {
    }

    public static List<Order> in(Exchange exchange) {
        List<?> orders = exchange.getMessage().getBody(List.class);
        return orders.stream().map(Order.class::cast).toList();
    }
}
