package routes.message;

import contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ledger.Arrival;
import ledger.Origin;
import ledger.Parked;
import ledger.Unreadable;
import ledger.Way;
import ledger.order.Event;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.http.AllowedHeaders;

/**
 * A batch of records from Kafka, read: the events for the ledger, and the records that can't be read and are to be parked.
 *
 * <pre>{@code
 * KafkaRecords read = KafkaRecords.read(batch, mapping, expected, "made");
 * // tell the ledger read.arrivals() and park read.parked(), both durably, and then:
 * KafkaRecords.commit(batch);
 * }</pre>
 */
public record KafkaRecords(List<Arrival> arrivals, List<Parked> parked) {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaRecords.class);

    public static KafkaRecords read(List<Exchange> batch, EventMapping<?> mapping, KafkaRecord.Expected expected, String arrow) {
        KafkaRecords read = new KafkaRecords(new ArrayList<>(), new ArrayList<>());
        for (Exchange one : batch) {
            Message message = one.getMessage();
            String key = KafkaRecord.orderId(message.getHeader(KafkaConstants.KEY, String.class));
            try {
                for (Event event : new KafkaRecord(key, headers(message), bytes(message)).events(mapping, expected)) {
                    read.arrivals.add(new Arrival(event, arrow, Way.PUSH, () -> origin(message)));
                }
            } catch (Unreadable e) {
                read.parked.add(new Parked(arrow, Way.PUSH, key, e.getMessage(), origin(message)));
            }
        }
        return read;
    }

    /**
     * Commits the offsets of all partitions at once, when all of the batch is durable. Camel's own batch commit takes only
     * one partition, and a commit for each would ask the broker as often as there are partitions.
     */
    public static void commit(List<Exchange> batch) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (Exchange one : batch) {
            DefaultKafkaManualCommit record = whereItStood(one);
            next.put(record.getPartition(), new OffsetAndMetadata(record.getRecordOffset() + 1));
        }
        DefaultKafkaManualCommit any = whereItStood(batch.get(0));
        try {
            any.getCamelExchangePayload().consumer.commitSync(next, Duration.ofMillis(any.getCommitTimeout()));
        } catch (KafkaException e) {
            // Another hub has the partition now, or the broker is away. All is durable here; a record that comes again is a
            // duplicate.
            LOG.info("partitions {} keep their old offsets, their records may come again: {}", next.keySet(),
                    e.toString());
        }
    }

    private static DefaultKafkaManualCommit whereItStood(Exchange one) {
        return one.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    }

    private static Origin origin(Message message) {
        Headers all = headers(message);
        Map<String, String> kept = new LinkedHashMap<>();
        for (Header header : all) {
            if (AllowedHeaders.OF_RECORDS.contains(header.key().toLowerCase(Locale.ROOT)) || isOurs(header.key())) {
                kept.put(header.key(), KafkaRecord.text(header));
            }
        }
        String source = message.getHeader(KafkaConstants.TOPIC) + "/" + message.getHeader(KafkaConstants.PARTITION)
                + "@" + message.getHeader(KafkaConstants.OFFSET);
        if (!BoundedBodyDeserializer.isWhole(all)) {
            // A parked message is identified by its source and its bytes, and two that were cut may have the same beginning.
            source += " sha256=" + KafkaRecord.text(all.lastHeader(BoundedBodyDeserializer.SHA256));
        }
        return new Origin(source, new String(Json.write(kept), StandardCharsets.UTF_8), bytes(message));
    }

    private static boolean isOurs(String header) {
        return header.equals(BoundedBodyDeserializer.BYTES) || header.equals(BoundedBodyDeserializer.SHA256);
    }

    private static byte[] bytes(Message message) {
        return Optional.ofNullable((byte[]) message.getBody()).orElseGet(() -> new byte[0]);
    }

    private static Headers headers(Message message) {
        return message.getHeader(KafkaConstants.HEADERS, Headers.class);
    }
}
