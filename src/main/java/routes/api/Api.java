package routes.api;

import contract.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ledger.Flow;
import ledger.OrderQueries;
import ledger.order.Order;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import routes.figures.ArrowList;
import routes.figures.Totals;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** What the hub answers over HTTP beside its arrows. The entries that are arrows stand in {@code routes.yaml}. */
@Component
class Api extends RouteBuilder {

    private final OrderQueries orders;
    private final ArrowList arrows;
    private final Totals totals;

    Api(OrderQueries orders, ArrowList arrows, Totals totals) {
        this.orders = orders;
        this.arrows = arrows;
        this.totals = totals;
    }

    /** @param confirmed and {@code settled}: counted by this hub since it started; the others are true of the ledger now */
    record FlowAnswer(long confirmed, long settled, long inFlight, long late) {
    }

    @Override
    public void configure() throws Exception {
        restConfiguration().component("servlet").endpointProperty("httpBinding", "#entryBinding");

        rest()
                .post("orders").to("direct:confirm-order")
                .get("orders/{orderId}").to("direct:order")
                .get("arrows").to("direct:arrows")
                .get("flow").to("direct:flow")
                .get("openapi.yaml").to("direct:contract")
                .get("schemas/{name}").to("direct:schema");

        from("direct:order").routeId("order").process(this::order);
        from("direct:arrows").routeId("arrows").process(exchange -> Reply.json(exchange, 200,
                Map.of("arrows", arrows.deployed(exchange.getContext()))));
        from("direct:flow").routeId("flow").process(this::flow);
        byte[] contract = read("openapi.yaml");
        from("direct:contract").routeId("contract").process(exchange ->
                Reply.send(exchange, 200, "application/yaml", contract));
        Map<String, byte[]> documents = new TreeMap<>();
        for (String name : DOCUMENTS) {
            documents.put(name, read(name));
        }
        from("direct:schema").routeId("schema").process(exchange -> schema(exchange, documents));
    }

    private void order(Exchange exchange) {
        String id = Request.id(exchange, "orderId");
        Order order = orders.find(id).orElseThrow(() -> Problem.noSuchOrder(id));
        Reply.json(exchange, 200, OrderView.of(order, orders.timeline(id)));
    }

    private void flow(Exchange exchange) {
        Flow flow = orders.flow();
        Reply.json(exchange, 200, new FlowAnswer(totals.confirmed(), totals.settled(), flow.inFlight(), flow.late()));
    }

    /** The messages on the topics, by the name of their record, and the two documents about what isn't the hub's. */
    private static void schema(Exchange exchange, Map<String, byte[]> documents) {
        String name = Request.id(exchange, "name");
        if (!documents.containsKey(name)) {
            throw new Problem(404, "no-such-schema", "No such schema", "there are " + DOCUMENTS);
        }
        Reply.send(exchange, 200, name.endsWith(".yaml") ? "application/yaml" : "application/schema+json",
                documents.get(name));
    }

    private static final List<String> DOCUMENTS = Stream.concat(
            Arrays.stream(EventType.values()).map(type -> type.body().getSimpleName() + ".schema.json"),
            Stream.of("asyncapi.yaml", "neighbours.yaml")).toList();

    /**
     * Its bytes, once for all callers: no credential is needed to ask for them, and an answer that is not read keeps what
     * it was made of. Of a text Camel makes other bytes for each.
     */
    private static byte[] read(String name) throws Exception {
        return new ClassPathResource("contract/" + name).getContentAsByteArray();
    }
}
