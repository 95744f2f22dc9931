package routes;

import contract.Check;
import contract.EventType;
import contract.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger.Arrival;
import ledger.Event;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch of records from Kafka, read: what the ledger is told, and what is not readable and therefore parked. */
record KafkaRecords(List<Arrival> arrivals, List<Parked> parked) {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaRecords.class);
    private static final int LONGEST_HEADER = 1_000;

    /** @param tag the value that the header {@code tag} must have; null when any will do */
    static KafkaRecords read(List<Exchange> batch, Fact<?> fact, String tag, String arrow) {
        KafkaRecords read = new KafkaRecords(new ArrayList<>(), new ArrayList<>());
        for (Exchange one : batch) {
            Message message = one.getMessage();
            Origin origin = origin(message);
            try {
                for (Event event : fact.read(body(message, fact.type(), tag)).events()) {
                    if (!event.orderId().equals(message.getHeader(KafkaConstants.KEY))) {
                        throw new Unreadable("its key is not its order's id");
                    }
                    read.arrivals.add(new Arrival(event, arrow, Way.PUSH, origin));
                }
            } catch (Unreadable | Json.Malformed e) {
                read.parked.add(new Parked(arrow, Way.PUSH, orderId(message), e.getMessage(), origin.source(),
                        origin.headers(), origin.body()));
            }
        }
        return read;
    }

    /** Each partition's offset, now that all of the batch is durable. Camel's own batch commit takes only one of them. */
    static void commit(List<Exchange> batch) {
        Map<String, KafkaManualCommit> last = new LinkedHashMap<>();
        for (Exchange one : batch) {
            Message message = one.getMessage();
            last.put(message.getHeader(KafkaConstants.TOPIC) + "/" + message.getHeader(KafkaConstants.PARTITION),
                    message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        last.forEach((partition, commit) -> {
            try {
                commit.commit();
            } catch (KafkaException e) {
                // Another hub has the partition now, or the broker is away. All is durable here; what comes again is
                // a duplicate.
                LOG.info("partition {} keeps its old offset, its records may come again: {}", partition, e.toString());
            }
        });
    }

    private static final class Unreadable extends RuntimeException {
        Unreadable(String why) {
            super(why, null, false, false);
        }
    }

    private static Record body(Message message, EventType type, String tag) {
        if (message.getHeader(KafkaConstants.KEY) == null) {
            throw new Unreadable("it has no key");
        }
        byte[] bytes = bytes(message);
        if (bytes.length > Request.LARGEST_BODY) {
            throw new Unreadable("it is larger than " + Request.LARGEST_BODY + " bytes");
        }
        CloudEvent event;
        try {
            event = KafkaMessageFactory.createReader(headers(message), bytes).toEvent();
        } catch (RuntimeException e) {
            // Whatever the library stumbles over, a header without a value for one: it would again the next time.
            throw new Unreadable("it is no CloudEvent in binary mode");
        }
        if (!event.getType().equals(type.type())) {
            throw new Unreadable("its type is not " + type.type());
        }
        if (tag != null && !tag.equals(text(headers(message).lastHeader("tag")))) {
            throw new Unreadable("its tag is not " + tag);
        }
        return Json.read(bytes, type.body());
    }

    private static String orderId(Message message) {
        try {
            return Check.id("key", message.getHeader(KafkaConstants.KEY, String.class));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Origin origin(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : headers(message)) {
            if (EntryHeaders.KAFKA.lets(header.key())) {
                headers.put(header.key(), text(header));
            }
        }
        String source = message.getHeader(KafkaConstants.TOPIC) + "/" + message.getHeader(KafkaConstants.PARTITION)
                + "@" + message.getHeader(KafkaConstants.OFFSET);
        return new Origin(source, new String(Json.write(headers), StandardCharsets.UTF_8), bytes(message));
    }

    private static byte[] bytes(Message message) {
        return Optional.ofNullable((byte[]) message.getBody()).orElseGet(() -> new byte[0]);
    }

    private static Headers headers(Message message) {
        return message.getHeader(KafkaConstants.HEADERS, Headers.class);
    }

    private static String text(Header header) {
        if (header == null || header.value() == null) {
            return null;
        }
        String value = new String(header.value(), StandardCharsets.UTF_8);
        if (value.length() <= LONGEST_HEADER) {
            return value;
        }
        // Half a character has no UTF-8.
        boolean split = Character.isHighSurrogate(value.charAt(LONGEST_HEADER - 1));
        return value.substring(0, split ? LONGEST_HEADER - 1 : LONGEST_HEADER);
    }
}
