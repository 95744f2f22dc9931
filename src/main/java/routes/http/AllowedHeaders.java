package routes.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The headers that pass between Camel and the outside: none on the way in, a short list on the way out. Camel's components
 * obey headers, so that one from outside could redirect a message to another topic (CVE-2025-27636 and its successors).
 * Parameters that routes read are added by {@link EntryBinding}; a record's own headers are read from its {@code
 * KafkaConstants.HEADERS}. A header that is set on an outgoing message and is not in the list is dropped silently.
 */
public final class AllowedHeaders implements HeaderFilterStrategy {

    /** Headers of an answer over HTTP. */
    public static final AllowedHeaders HTTP = new AllowedHeaders(Set.of("retry-after", "link", "location", "content-type"));

    /** Headers of a record sent to Kafka: a CloudEvent in binary mode, and the tag. EventSerializer adds content-type. */
    public static final AllowedHeaders KAFKA = new AllowedHeaders(
            Set.of("ce_id", "ce_source", "ce_specversion", "ce_type", "ce_time", "ce_subject", "tag"));

    /** The headers of a Kafka record that are kept when it is parked. */
    public static final Set<String> OF_RECORDS = Set.of("ce_id", "ce_source", "ce_specversion", "ce_type", "ce_time",
            "ce_subject", "content-type", "tag");

    private final Set<String> out;

    private AllowedHeaders(Set<String> out) {
        this.out = out;
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !out.contains(name.toLowerCase(Locale.ROOT));
    }
}
