package routes.message;

import contract.Times;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 * CloudEvent in Kafka's binary mode</a>, read one by one. The library's reader would parse all parts of an event, of which
 * the hub needs only the type, for several thousand events a second.
 */
final class CloudEventHeaders {

    private static final String VERSION = "1.0";
    /** Content type of the structured mode, in which the whole event is in the body. */
    private static final String STRUCTURED = "application/cloudevents";

    private CloudEventHeaders() {
    }

    /** @return the type of the event; null when the headers are not those of a CloudEvent in binary mode */
    static String type(Headers headers) {
        String type = text(headers, "ce_type");
        boolean event = VERSION.equals(text(headers, "ce_specversion")) && isSomething(text(headers, "ce_id"))
                && isSomething(type) && isSource(text(headers, "ce_source"))
                && (headers.lastHeader("ce_time") == null || isTime(text(headers, "ce_time")))
                && !isStructured(text(headers, "content-type"));
        return event ? type : null;
    }

    private static boolean isSomething(String text) {
        return text != null && !text.isEmpty();
    }

    private static boolean isSource(String text) {
        try {
            return isSomething(text) && new URI(text) != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        return text != null && Times.read(text) != null;
    }

    private static boolean isStructured(String contentType) {
        return contentType != null && contentType.startsWith(STRUCTURED);
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
