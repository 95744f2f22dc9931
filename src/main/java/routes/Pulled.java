package routes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.Order;
import ledger.Result;
import org.apache.camel.Exchange;

/** What a pull has in hand on its way through its route, and what came of it. Lives for one exchange. */
final class Pulled {

    private static final String PROPERTY = "hub.pulled";

    private final Set<String> heard = new HashSet<>();
    private final Map<String, String> causes = new HashMap<>();

    static Pulled on(Exchange exchange) {
        Pulled pulled = new Pulled();
        exchange.setProperty(PROPERTY, pulled);
        return pulled;
    }

    /** Null when the exchange is no pull's. */
    static Pulled of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Pulled.class);
    }

    /** The neighbour has answered. */
    void hear(List<Result> results, Map<String, String> why) {
        results.forEach(result -> {
            heard.add(result.arrival().event().orderId());
            if (result.why() != null) {
                causes.put(result.arrival().event().orderId(), result.why());
            }
        });
        causes.putAll(why);
    }

    /** Whether the order's timeline already tells what the neighbour said of it. */
    boolean heardOf(String orderId) {
        return heard.contains(orderId);
    }

    /** Why each of these is still owed, should it be. */
    Map<String, String> causes(List<Order> orders, String otherwise) {
        Map<String, String> all = new HashMap<>();
        orders.forEach(order -> all.put(order.id(), causes.getOrDefault(order.id(), otherwise)));
        return all;
    }
}
