package routes;

import contract.BaristaApi;
import contract.DispatchApi;
import contract.OrderRequest;
import java.util.List;
import java.util.function.Function;
import ledger.order.Order;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.call.CallEndpoint;
import routes.endpoint.OrdersBody;

/**
 * The requests to neighbours over HTTP that are not a pull's: about one order that is confirmed, or about a batch of orders.
 */
@Configuration
class Questions {

    private final EffectKeys keys;

    Questions(EffectKeys keys) {
        this.keys = keys;
    }

    @Bean
    Processor baristaEstimateRequest() {
        return exchange -> {
            OrderRequest order = exchange.getMessage().getBody(OrderRequest.class);
            exchange.setProperty(CallEndpoint.STORE, order.storeId());
            exchange.getMessage().setBody(
                    new BaristaApi.EstimateRequest(order.orderId(), order.storeId(), order.items()));
        };
    }

    @Bean
    Processor dispatchEstimateRequest() {
        return exchange -> {
            OrderRequest order = exchange.getMessage().getBody(OrderRequest.class);
            exchange.getMessage().setBody(new DispatchApi.EstimateRequest(order.orderId(), order.storeId()));
        };
    }

    @Bean
    Processor ticketsRequest() {
        return about(order -> new BaristaApi.OrderOfStore(order.id(), order.content().storeId()),
                BaristaApi.TicketsRequest::new);
    }

    @Bean
    Processor dispatchTimesRequest() {
        return about(order -> new DispatchApi.OrderInMaking(order.id(), order.content().storeId(),
                order.making().state().name(), order.ready().at()), DispatchApi.DispatchTimesRequest::new);
    }

    @Bean
    Processor cancellationsRequest() {
        return about(order -> new DispatchApi.Cancellation(order.id(), keys.cancelDispatch(order),
                order.cancel().reason()), DispatchApi.CancellationsRequest::new);
    }

    private static <T> Processor about(Function<Order, T> one, Function<List<T>, Object> all) {
        return exchange -> exchange.getMessage().setBody(
                all.apply(OrdersBody.in(exchange).stream().map(one).toList()));
    }
}
