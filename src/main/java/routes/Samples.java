package routes;

import contract.Json;
import contract.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger.order.CancelState;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Estimate;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Settlement;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import routes.message.EventMapping;
import routes.message.KafkaRecord;

/** The messages of a dry run: an order, and the contract's examples of what neighbours send. */
final class Samples {

    private final Map<?, ?> neighbours = (Map<?, ?>) ((Map<?, ?>) document("/contract/neighbours.yaml").get("components"))
            .get("schemas");

    List<Order> orders() {
        Instant then = Instant.parse("2026-03-01T08:30:00Z");
        return List.of(new Order("order-81", 5, new Order.Content("store-7", Kind.DELIVERY, 3200, "CNY",
                "[{\"sku\":\"latte\",\"quantity\":2}]"), then,
                new Order.Making(MakeState.MADE, then, "pay-17", then, "ticket-9"),
                new Order.Delivery(DeliveryState.NONE, null, null, 0, null),
                new Order.Cancel(CancelState.NONE, then, "changed my mind"),
                new Estimate(then, "barista", then), new Estimate(then, "dispatch", then),
                new Dues(null, null, null), new Order.Settled(Settlement.MADE, then)));
    }

    /** A neighbour's answer; empty when the contract has no example of it. */
    Optional<byte[]> answer(Class<?> wire) {
        String whose = wire.getEnclosingClass() == null ? "" : wire.getEnclosingClass().getSimpleName().replace("Api", "");
        Object schema = neighbours.get(whose + wire.getSimpleName()) != null
                ? neighbours.get(whose + wire.getSimpleName()) : neighbours.get(wire.getSimpleName());
        return example(schema).map(Json::write);
    }

    /** A batch of one record from Kafka with the example of this message. */
    List<Exchange> batch(CamelContext camel, EventMapping<?> mapping, KafkaRecord.Expected expected) {
        Object body = example(document("/contract/" + mapping.wire().getSimpleName() + ".schema.json")).orElseThrow();
        String orderId = String.valueOf(((Map<?, ?>) body).get("orderId"));
        Headers headers = new RecordHeaders();
        Map.of("ce_specversion", "1.0", "ce_id", "sample-1", "ce_source", expected.sources().stream().findFirst().orElse("sample"), "ce_type", mapping.type().type(),
                "content-type", "application/json").forEach((name, value) ->
                headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        if (expected.tag() != null) {
            headers.add("tag", expected.tag().getBytes(StandardCharsets.UTF_8));
        }
        Exchange record = new DefaultExchange(camel);
        record.getMessage().setHeader(KafkaConstants.KEY, orderId);
        record.getMessage().setHeader(KafkaConstants.HEADERS, headers);
        record.getMessage().setBody(Json.write(body));
        return List.of(record);
    }

    private static Optional<Object> example(Object schema) {
        return schema instanceof Map<?, ?> map && map.get("examples") instanceof List<?> examples && !examples.isEmpty()
                ? Optional.of(examples.get(0)) : Optional.empty();
    }

    /** JSON is YAML, too. */
    private static Map<?, ?> document(String name) {
        try (InputStream file = Samples.class.getResourceAsStream(name)) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
