package routes.api;

import contract.Bounds;
import contract.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import ledger.OrderFilter;
import ledger.OrderPage;
import ledger.OrderQueries;
import ledger.order.CancelState;
import ledger.order.DeliveryState;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Settlement;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.http.Page;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** {@code GET /api/search/orders}: orders by store, state and time of confirmation, the newest first. */
@Component
class SearchApi extends RouteBuilder {

    private static final Set<String> STATES = states();

    private final OrderQueries orders;

    SearchApi(OrderQueries orders) {
        this.orders = orders;
    }

    /**
     * @param settledAs null while something is owed to the order
     * @param settledAt null while something is owed to the order
     */
    record Found(String orderId, String storeId, Kind kind, Instant confirmedAt, MakeState make, DeliveryState delivery,
                 CancelState cancel, Settlement settledAs, Instant settledAt) {
        static Found of(Order order) {
            return new Found(order.id(), order.content().storeId(), order.content().kind(), order.confirmedAt(),
                    order.making().state(), order.delivery().state(), order.cancel().state(),
                    order.settled() == null ? null : order.settled().as(),
                    order.settled() == null ? null : order.settled().at());
        }
    }

    /** @param next to be given as {@code after} to continue the search; null when all orders were searched */
    record FoundOrders(List<Found> orders, String next) {
    }

    @Override
    public void configure() {
        rest().get("search/orders").to("direct:search-orders");
        from("direct:search-orders").routeId("search-orders").process(this::search);
    }

    private void search(Exchange exchange) {
        int limit = Page.limit(exchange);
        String after = Request.idIfGiven(exchange, "after");
        OrderPage page = orders.search(filter(exchange), after, limit).orElseThrow(() ->
                Problem.malformed("after must be the next of the answer before"));
        Reply.json(exchange, 200, new FoundOrders(page.orders().stream().map(Found::of).toList(), page.next()));
    }

    private static OrderFilter filter(Exchange exchange) {
        String state = Request.given(exchange, "state");
        if (state != null && !STATES.contains(state)) {
            throw Problem.malformed("state must be one of " + STATES);
        }
        return Request.checked(() -> {
            OrderFilter filter = new OrderFilter(Request.idIfGiven(exchange, "store"), state,
                    Request.time(exchange, "from"), Request.time(exchange, "to"));
            Bounds.period(filter.from(), filter.to());
            return filter;
        });
    }

    private static Set<String> states() {
        Set<String> states = new TreeSet<>();
        states.add(OrderFilter.OPEN);
        Stream.of(MakeState.values(), DeliveryState.values(), CancelState.values(), Settlement.values())
                .flatMap(Stream::of).map(Enum::name).filter(name -> !name.equals(DeliveryState.NONE.name()))
                .forEach(states::add);
        return states;
    }
}
