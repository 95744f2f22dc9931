package routes;

import contract.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import ledger.OrderQueries;
import ledger.order.Order;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.http.Page;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** The lists that neighbours fetch by themselves: a page at a time, in the order of ids. */
@Configuration
class NeighbourLists {

    /** An order of the list, with all that a push of it would carry, its idempotency key included. */
    record Missed(String orderId, String storeId, Kind kind, String state, Instant since,
                  List<contract.Item> items, String idempotencyKey) {
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record MissedOrders(List<Missed> orders, String next) {
    }

    private final EffectKeys keys;

    NeighbourLists(EffectKeys keys) {
        this.keys = keys;
    }

    private interface Rows {
        List<Order> after(String id, int limit);
    }

    /** The shop's orders that the barista has not acknowledged (返回未接单的订单). */
    @Bean
    Processor unacceptedOfStore(OrderQueries orders) {
        return exchange -> {
            String storeId = Request.id(exchange, "storeId");
            require(exchange, "state", "unaccepted");
            reply(exchange, keys::ticket, (after, limit) -> orders.unaccepted(storeId, after, limit));
        };
    }

    /** The made orders that dispatch has no note for (返回制作完成的订单). */
    @Bean
    Processor madeWithoutNote(OrderQueries orders) {
        return exchange -> {
            require(exchange, "state", "made");
            require(exchange, "kind", "DELIVERY");
            reply(exchange, keys::note, orders::madeWithoutNote);
        };
    }

    private static void reply(Exchange exchange, Function<Order, String> key, Rows rows) {
        Page<Order> page = Page.of(Page.limit(exchange), limit ->
                rows.after(Objects.requireNonNullElse(Request.idIfGiven(exchange, "after"), ""), limit));
        Reply.json(exchange, 200, new MissedOrders(page.rows().stream().map(order -> new Missed(order.id(),
                order.content().storeId(), order.content().kind(), order.making().state().name(),
                order.making().since(), OutgoingEvents.items(order), key.apply(order))).toList(), page.next(Order::id)));
    }

    private static void require(Exchange exchange, String name, String value) {
        if (!value.equals(exchange.getMessage().getHeader(name, String.class))) {
            throw Problem.malformed("the query needs " + name + "=" + value);
        }
    }
}
