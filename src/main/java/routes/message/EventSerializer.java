package routes.message;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a body's bytes, and for a CloudEvent the header {@code content-type} that its Kafka binding asks for. The
 * header is added here because Camel's case-insensitive header map would send it as {@code Content-Type}, and names of
 * Kafka's headers are case-sensitive.
 */
public final class EventSerializer implements Serializer<Object> {

    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.UTF_8);

    @Override
    public byte[] serialize(String topic, Headers headers, Object body) {
        if (headers.lastHeader("ce_id") != null) {
            headers.remove("content-type").add("content-type", JSON);
        }
        return serialize(topic, body);
    }

    @Override
    public byte[] serialize(String topic, Object body) {
        if (body == null || body instanceof byte[]) {
            return (byte[]) body;
        } else if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw new SerializationException("a body for " + topic + " must be bytes or text, not " + body.getClass());
    }
}
