package badinput;

import contract.EventType;
import contract.Json;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record as a neighbour would send it, to be spoiled piece by piece. */
record Draft(String topic, String key, Map<String, byte[]> headers, byte[] body) {

    static Draft of(String topic, EventType type, String orderId, Record message) {
        var event = CloudEventBuilder.v1().withId(UUID.randomUUID().toString()).withSource(URI.create("test"))
                .withType(type.type()).withTime(OffsetDateTime.now())
                .withData("application/json", Json.write(message)).build();
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.<String>createWriter(topic, orderId).writeBinary(event);
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        if (type == EventType.EXPRESS_CHANGED) {
            headers.put("tag", "luckyorder_express".getBytes(StandardCharsets.UTF_8));
        }
        return new Draft(topic, orderId, headers, record.value());
    }

    Draft key(String other) {
        return new Draft(topic, other, headers, body);
    }

    Draft body(byte[] other) {
        return new Draft(topic, key, headers, other);
    }

    Draft body(String other) {
        return body(other.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @param value null for a header that has none */
    Draft header(String name, String value) {
        return headerBytes(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    Draft headerBytes(String name, byte[] value) {
        Map<String, byte[]> others = new LinkedHashMap<>(headers);
        others.put(name, value);
        return new Draft(topic, key, others, body);
    }

    Draft withoutHeaders(String prefix) {
        Map<String, byte[]> others = new LinkedHashMap<>(headers);
        others.keySet().removeIf(name -> name.startsWith(prefix));
        return new Draft(topic, key, others, body);
    }

    ProducerRecord<String, byte[]> on(int partition) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value));
        return record;
    }
}
