package routes.endpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.Claim;
import ledger.Result;
import ledger.order.Event;
import ledger.order.Order;
import org.apache.camel.Exchange;

/** What a pull has in hand on its way through its route, and what came of it. Lives for one exchange. */
final class PullContext {

    private static final String PROPERTY = "hub.pulled";

    private final Claim claim;
    private final Set<String> heard = new HashSet<>();
    private final Map<String, String> causes = new HashMap<>();

    private PullContext(Claim claim) {
        this.claim = claim;
    }

    static PullContext on(Exchange exchange, Claim claim) {
        PullContext pulled = new PullContext(claim);
        exchange.setProperty(PROPERTY, pulled);
        return pulled;
    }

    /** Null when the exchange is no pull's. */
    static PullContext of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, PullContext.class);
    }

    /**
     * What an answer says, as far as it can still be true: one that came when its lease had ended may be older than what
     * has happened since. All that is told only moves forward, but that nobody has paid.
     */
    List<Event> stillTrue(List<Event> events) {
        return claim.lasts() ? events : events.stream().filter(event -> !(event instanceof Event.Unpaid)).toList();
    }

    /**
     * The orders for which an answer names payments of which none is the order's, such as wrong sums: they are as good as
     * unpaid, as far as that can still be true.
     *
     * @param results of all that the answer says
     */
    List<Event> unpaidAllTheSame(List<Result> results) {
        Map<String, Order> paid = new LinkedHashMap<>();
        results.stream().filter(result -> result.arrival().event() instanceof Event.Paid && result.order() != null)
                .forEach(result -> paid.put(result.order().id(), result.order()));
        return stillTrue(paid.values().stream().filter(Order::isUnpaid)
                .<Event>map(order -> new Event.Unpaid(order.id())).toList());
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
