package routes;

import contract.BaristaApi;
import contract.DispatchApi;
import contract.PaymentApi;
import contract.SettledApi;
import java.util.List;
import java.util.function.Function;
import ledger.order.Order;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.endpoint.OrdersBody;

/** The requests of pulls to neighbours: questions, and orders handed over under the same idempotency keys as the pushes. */
@Configuration
class PullQuestions {

    private final EffectKeys keys;

    PullQuestions(EffectKeys keys) {
        this.keys = keys;
    }

    @Bean
    Processor paymentsRequest() {
        return ask(orders -> new PaymentApi.PaymentsRequest(ids(orders)));
    }

    /** Names the store: a pull by store hands on the orders of one store at a time. */
    @Bean
    Processor ordersRequest() {
        return ask(orders -> new BaristaApi.OrdersRequest(storeId(orders), each(orders, order ->
                new BaristaApi.PaidOrder(order.id(), keys.ticket(order), order.content().kind(),
                        OutgoingEvents.items(order), order.making().paidAt()))));
    }

    @Bean
    Processor ticketStatesRequest() {
        return ask(orders -> new BaristaApi.TicketStatesRequest(storeId(orders), ids(orders)));
    }

    @Bean
    Processor decisionsRequest() {
        return ask(orders -> new BaristaApi.CancellationsRequest(storeId(orders), each(orders, order ->
                new BaristaApi.Cancellation(order.id(), keys.cancelMaking(order),
                        order.cancel().reason(), order.cancel().since()))));
    }

    @Bean
    Processor notesRequest() {
        return ask(orders -> new DispatchApi.NotesRequest(each(orders, order ->
                new DispatchApi.MadeOrder(order.id(), order.content().storeId(), keys.note(order),
                        order.making().since()))));
    }

    @Bean
    Processor deliveryStatesRequest() {
        return ask(orders -> new DispatchApi.DeliveryStatesRequest(ids(orders)));
    }

    /** The orders of an added arrow, for a neighbour that was added later. */
    @Bean
    Processor settledOrders() {
        return exchange -> {
            String arrow = ExchangeHelper.getRouteId(exchange);
            exchange.getMessage().setBody(new SettledApi.SettledRequest(each(OrdersBody.in(exchange), order ->
                    new SettledApi.SettledOrder(order.id(), keys.of(arrow, order),
                            order.content().storeId(), order.content().kind(), order.content().amount(),
                            order.content().currency(), order.settled().as().name(), order.settled().at()))));
        };
    }

    private static Processor ask(Function<List<Order>, Object> question) {
        return exchange -> exchange.getMessage().setBody(question.apply(OrdersBody.in(exchange)));
    }

    private static <T> List<T> each(List<Order> orders, Function<Order, T> one) {
        return orders.stream().map(one).toList();
    }

    private static List<String> ids(List<Order> orders) {
        return each(orders, Order::id);
    }

    private static String storeId(List<Order> orders) {
        return orders.get(0).content().storeId();
    }
}
