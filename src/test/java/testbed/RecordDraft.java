package testbed;

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
public record RecordDraft(String topic, String key, Map<String, byte[]> headers, byte[] body) {

    public static RecordDraft of(String topic, EventType type, String orderId, Record message) {
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
        return new RecordDraft(topic, orderId, headers, record.value());
    }

    public RecordDraft key(String other) {
        return new RecordDraft(topic, other, headers, body);
    }

    public RecordDraft body(byte[] other) {
        return new RecordDraft(topic, key, headers, other);
    }

    public RecordDraft body(String other) {
        return body(other.getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @param value null for a header that has none */
    public RecordDraft header(String name, String value) {
        return headerBytes(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public RecordDraft headerBytes(String name, byte[] value) {
        Map<String, byte[]> others = new LinkedHashMap<>(headers);
        others.put(name, value);
        return new RecordDraft(topic, key, others, body);
    }

    public RecordDraft withoutHeaders(String prefix) {
        Map<String, byte[]> others = new LinkedHashMap<>(headers);
        others.keySet().removeIf(name -> name.startsWith(prefix));
        return new RecordDraft(topic, key, others, body);
    }

    public ProducerRecord<String, byte[]> on(int partition) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value));
        return record;
    }
}
