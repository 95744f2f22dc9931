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

/** The claim that an exchange of a pull works on, and what the neighbour said of its orders. Lives for one exchange. */
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

    /** @return null when the exchange is no pull's */
    static PullContext of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, PullContext.class);
    }

    /**
     * The events of an answer that can still be true. An answer that comes after the lease has ended may be older than what
     * has happened since; all events only move an order forward, but for {@link Event.Unpaid}.
     */
    List<Event> stillTrue(List<Event> events) {
        return claim.lasts() ? events : events.stream().filter(event -> !(event instanceof Event.Unpaid)).toList();
    }

    /**
     * {@link Event.Unpaid} for the orders for which an answer names payments of which none is the order's, as wrong sums, as
     * far as it can still be true.
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

    /** @param why the neighbour's reasons for what it did not do, by order id */
    void hear(List<Result> results, Map<String, String> why) {
        results.forEach(result -> {
            heard.add(result.arrival().event().orderId());
            if (result.why() != null) {
                causes.put(result.arrival().event().orderId(), result.why());
            }
        });
        causes.putAll(why);
    }

    /** Whether the neighbour said something of the order, which is in the order's timeline then. */
    boolean heardOf(String orderId) {
        return heard.contains(orderId);
    }

    /** @return by order id, why the order is still owed, should it be */
    Map<String, String> causes(List<Order> orders, String otherwise) {
        Map<String, String> all = new HashMap<>();
        orders.forEach(order -> all.put(order.id(), causes.getOrDefault(order.id(), otherwise)));
        return all;
    }
}
