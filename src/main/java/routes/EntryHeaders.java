package routes;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * At every entry and exit, headers (and query parameters, which Camel makes headers) are dropped but for a named few.
 * Camel takes orders from headers, so one that came from outside could redirect a topic (CVE-2025-27636 and its
 * successors).
 */
final class EntryHeaders implements HeaderFilterStrategy {

    /** From outside over HTTP. {@link EntryBinding} adds the parameters of the queries. */
    static final EntryHeaders HTTP = new EntryHeaders(
            Set.of("content-type"),
            Set.of("retry-after", "link", "location", "content-type"));

    /** What is kept of a Kafka record's headers when it is parked: CloudEvents in binary mode, and the tag. */
    static final Set<String> OF_RECORDS = Set.of("ce_id", "ce_source", "ce_specversion", "ce_type", "ce_time",
            "ce_subject", "content-type", "tag");

    /** Over Kafka. In come none: {@link KafkaRecords} reads the record's own, and each would be copied for each record. */
    static final EntryHeaders KAFKA = new EntryHeaders(
            Set.of(),
            // content-type is EventSerializer's.
            Set.of("ce_id", "ce_source", "ce_specversion", "ce_type", "ce_time", "ce_subject", "tag"));

    private final Set<String> in;
    private final Set<String> out;

    private EntryHeaders(Set<String> in, Set<String> out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return in.isEmpty() || !in.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !out.contains(name.toLowerCase(Locale.ROOT));
    }
}
