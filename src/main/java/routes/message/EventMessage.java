package routes.message;

import contract.EventType;
import contract.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A message of the hub for a topic: a CloudEvent in binary mode, with the order id as key so that an order's stay in
 * sequence.
 */
public final class EventMessage {

    private static final URI SOURCE = URI.create("lucky-hub");

    private EventMessage() {
    }

    /** @param idempotencyKey names the effect; it becomes the event's id, the same each time the event is sent */
    public static Message of(CamelContext camel, EventType type, String orderId, String idempotencyKey, Instant time,
                      Record body) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(idempotencyKey).withSource(SOURCE).withType(type.type())
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withData("application/json", Json.write(body))
                .build();
        // The library's writer needs a topic, though the route has the one that counts.
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.createWriter("", orderId).writeBinary(event);
        Message message = new DefaultMessage(camel);
        message.setHeader(KafkaConstants.KEY, record.key());
        for (Header header : record.headers()) {
            message.setHeader(header.key(), header.value());
        }
        message.setBody(record.value());
        return message;
    }
}
