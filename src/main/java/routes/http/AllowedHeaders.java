package routes.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import routes.message.KafkaRecords;

/**
 * At every entry headers (and query parameters, which Camel makes headers) are dropped, and at every exit all but a named
 * few. Camel takes orders from headers, so one that came from outside could redirect a topic (CVE-2025-27636 and its
 * successors). What is asked of a request {@link EntryBinding} adds, and {@link KafkaRecords} reads a record's own headers.
 */
public final class AllowedHeaders implements HeaderFilterStrategy {

    /** Out over HTTP. */
    public static final AllowedHeaders HTTP = new AllowedHeaders(Set.of("retry-after", "link", "location", "content-type"));

    /** Out over Kafka: CloudEvents in binary mode, and the tag. content-type is EventSerializer's. */
    public static final AllowedHeaders KAFKA = new AllowedHeaders(
            Set.of("ce_id", "ce_source", "ce_specversion", "ce_type", "ce_time", "ce_subject", "tag"));

    /** What is kept of a Kafka record's headers when it is parked. */
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
