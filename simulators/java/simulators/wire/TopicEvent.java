package simulators.wire;

import contract.EventType;
import contract.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A CloudEvent on a topic.
 *
 * @param id      {@code ce_id}: the same when the event is repeated; the idempotency key where the event asks for an effect
 * @param type    {@code ce_type}
 * @param orderId the record's key
 * @param body    JSON
 * @param tag     the header {@code tag}; null for none
 */
public record TopicEvent(String topic, String id, String type, String orderId, byte[] body, Instant at, String tag) {

    public static TopicEvent of(String topic, String id, EventType type, String orderId, Record body, Instant at) {
        return new TopicEvent(topic, id, type.type(), orderId, Json.write(body), at, null);
    }

    public TopicEvent withTag(String newTag) {
        return new TopicEvent(topic, id, type, orderId, body, at, newTag);
    }

    /** The record to send. @param source {@code ce_source} */
    public ProducerRecord<String, byte[]> toRecord(String source) {
        CloudEvent event = CloudEventBuilder.v1().withId(id).withSource(URI.create(source)).withType(type)
                .withTime(at.atOffset(ZoneOffset.UTC)).withData("application/json", body).build();
        ProducerRecord<String, byte[]> outgoing =
                KafkaMessageFactory.<String>createWriter(topic, orderId).writeBinary(event);
        if (tag != null) {
            outgoing.headers().add("tag", tag.getBytes(StandardCharsets.UTF_8));
        }
        return outgoing;
    }

    /** The event of a record; empty when the record is no CloudEvent with a body. */
    static Optional<TopicEvent> from(ConsumerRecord<String, byte[]> incoming) {
        try {
            CloudEvent event = KafkaMessageFactory.createReader(incoming).toEvent();
            if (event.getData() == null) {
                return Optional.empty();
            }
            Instant at = event.getTime() == null ? Instant.ofEpochMilli(incoming.timestamp())
                    : event.getTime().toInstant();
            return Optional.of(new TopicEvent(incoming.topic(), event.getId(), event.getType(), incoming.key(),
                    event.getData().toBytes(), at, null));
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
