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

/** One order, the arrows, totals, and the contract's documents. Entries that are arrows are in {@code routes.yaml}. */
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

    /**
     * @param confirmed orders that this hub has confirmed since it started
     * @param settled   orders that this hub has settled since it started
     * @param inFlight  orders of the whole ledger that are not settled
     * @param late      those of them that are awaited for too long
     */
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

    /** Serves the schemas of the topics' messages, and the documents about topics and neighbours. */
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
     * Read once, as bytes that all answers share: these documents need no credential, and an answer that a caller does not
     * read stays in memory. From a String, Camel would make new bytes for each answer.
     */
    private static byte[] read(String name) throws Exception {
        return new ClassPathResource("contract/" + name).getContentAsByteArray();
    }
}
