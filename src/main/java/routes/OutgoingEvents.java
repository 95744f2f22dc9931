package routes;

import contract.CancelMaking;
import contract.EventType;
import contract.Item;
import contract.Json;
import contract.OrderChanged;
import contract.OrderPaid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import ledger.order.Order;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.endpoint.OrdersBody;
import routes.message.EventMessage;

/** Turns the orders of a batch into messages for Kafka, one for each order. */
@Configuration
class OutgoingEvents {

    private final EffectKeys keys;

    OutgoingEvents(EffectKeys keys) {
        this.keys = keys;
    }

    @Bean
    Processor orderPaid() {
        return each((camel, order) -> EventMessage.of(camel, EventType.ORDER_PAID, order.id(),
                keys.ticket(order), order.making().since(),
                new OrderPaid(order.id(), order.content().storeId(), order.content().kind(), items(order),
                        order.making().paidAt())));
    }

    @Bean
    Processor orderChanged() {
        return each((camel, order) -> EventMessage.of(camel, EventType.ORDER_CHANGED, order.id(),
                keys.note(order), order.making().since(),
                new OrderChanged(order.id(), order.content().storeId(), order.content().kind(),
                        order.making().state().name(), order.delivery().state().name(), order.version(),
                        order.making().since())));
    }

    @Bean
    Processor cancelMaking() {
        return each((camel, order) -> EventMessage.of(camel, EventType.CANCEL_MAKING, order.id(),
                keys.cancelMaking(order), order.cancel().since(),
                new CancelMaking(order.id(), order.content().storeId(), order.cancel().reason(),
                        order.cancel().since())));
    }

    private static Processor each(BiFunction<CamelContext, Order, Message> message) {
        return exchange -> exchange.getMessage().setBody(OrdersBody.in(exchange).stream()
                .map(order -> message.apply(exchange.getContext(), order)).toList());
    }

    static List<Item> items(Order order) {
        return List.of(Json.read(order.content().items().getBytes(StandardCharsets.UTF_8), Item[].class));
    }
}
