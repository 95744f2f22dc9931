package routes.message;

import contract.Bounds;
import contract.EventType;
import contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ledger.Unreadable;
import ledger.order.Event;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import routes.http.Request;

/**
 * A record from Kafka as it came, or as it was parked.
 *
 * @param key null when the record had none, or one that can't be an order's id
 */
public record KafkaRecord(String key, Headers headers, byte[] body) {

    private static final int LONGEST_HEADER = 1_000;

    /**
     * @param tag     the value that the header {@code tag} must have; null when any will do
     * @param sources those that {@code ce_source} may have; empty when any will do
     */
    public record Expected(String tag, Set<String> sources) {
    }

    /** @throws Unreadable when it is not a record that tells of this mapping */
    public List<Event> events(EventMapping<?> mapping, Expected expected) {
        List<Event> events = mapping.read(message(mapping.type(), expected)).events();
        if (events.stream().anyMatch(event -> !event.orderId().equals(key))) {
            throw new Unreadable("its key is not its order's id");
        }
        return events;
    }

    private Record message(EventType type, Expected expected) {
        if (key == null) {
            throw new Unreadable("it has no key that is an order's id");
        }
        if (!BoundedBodyDeserializer.isWhole(headers)) {
            throw new Unreadable("it is larger than " + Request.LARGEST_BODY + " bytes and was cut: of its "
                    + text(headers.lastHeader(BoundedBodyDeserializer.BYTES)) + " bytes, with the SHA-256 "
                    + text(headers.lastHeader(BoundedBodyDeserializer.SHA256)) + ", only the first are kept; it can't be replayed, and"
                    + " its sender has to send what it says again");
        }
        if (body.length > Request.LARGEST_BODY) {
            throw new Unreadable("it is larger than " + Request.LARGEST_BODY + " bytes");
        }
        String said = CloudEventHeaders.type(headers);
        if (said == null) {
            throw new Unreadable("it is no CloudEvent in binary mode");
        }
        if (!said.equals(type.type())) {
            throw new Unreadable("its type is not " + type.type());
        }
        if (expected.tag() != null && !expected.tag().equals(text(headers.lastHeader("tag")))) {
            throw new Unreadable("its tag is not " + expected.tag());
        }
        if (!expected.sources().isEmpty() && !expected.sources().contains(text(headers.lastHeader("ce_source")))) {
            throw new Unreadable("its ce_source is none of " + String.join(", ", new TreeSet<>(expected.sources()))
                    + ", which the arrow is to take; look who writes to the topic");
        }
        try {
            return Json.read(body, type.body());
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
    }

    /** @return null when the key can't be an order's id */
    static String orderId(String key) {
        try {
            return Bounds.id("key", key);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A header as it is kept: the first thousand characters. */
    static String text(Header header) {
        return header == null || header.value() == null ? null
                : bounded(new String(header.value(), StandardCharsets.UTF_8));
    }

    public static String bounded(String value) {
        if (value.length() <= LONGEST_HEADER) {
            return value;
        }
        // Half of a surrogate pair has no form in UTF-8.
        boolean split = Character.isHighSurrogate(value.charAt(LONGEST_HEADER - 1));
        return value.substring(0, split ? LONGEST_HEADER - 1 : LONGEST_HEADER);
    }
}
