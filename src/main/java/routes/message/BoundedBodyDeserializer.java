package routes.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import routes.http.AllowedHeaders;
import routes.http.Request;

/**
 * Reads the body of a record up to the length that a readable one may have. A broker counts a record's bytes as they are
 * compressed: 80 kB on the wire may be 80 MB here, and a poll brings 500 records. Of a longer body the beginning is kept,
 * and its length and digest are put into headers of the hub's. Of the record's own headers only those that the hub reads are
 * kept, each once: a name with other capitals is another name to Kafka, and a record may have thousands.
 */
public final class BoundedBodyDeserializer implements Deserializer<byte[]> {

    /** Header with the body's length in bytes; present when the body was cut. */
    public static final String BYTES = "hub_bytes";
    /** Header with the SHA-256 of the whole body, in hexadecimal digits; present when the body was cut. */
    static final String SHA256 = "hub_sha256";

    /** Bytes of a header that is kept, at most: a thousand characters of four bytes. */
    private static final int LONGEST_HEADER = 4_000;

    /** Headers of a record, at most. Kafka's list moves all that follow when one is removed, and 1 MB may hold 300,000. */
    private static final int MOST_HEADERS = 1_000;

    @Override
    public byte[] deserialize(String topic, byte[] body) {
        return body;
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, byte[] body) {
        return deserialize(topic, headers, body == null ? null : ByteBuffer.wrap(body));
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer body) {
        bound(headers);
        if (body == null) {
            return null;
        }
        int length = body.remaining();
        byte[] kept = new byte[Math.min(length, Request.LARGEST_BODY)];
        if (length > kept.length) {
            headers.add(BYTES, Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
            headers.add(SHA256, sha256(body.duplicate()).getBytes(StandardCharsets.US_ASCII));
        }
        body.duplicate().get(kept);
        return kept;
    }

    /** Whether the body is whole, and not cut. */
    static boolean isWhole(Headers headers) {
        return headers.lastHeader(BYTES) == null;
    }

    /**
     * A record that was refused for its number of headers, read with a list of headers of its own: a deserializer can't
     * replace the one that it is given.
     */
    public static ConsumerRecord<Object, Object> read(RecordDeserializationException refused) {
        TopicPartition partition = refused.topicPartition();
        String topic = partition.topic();
        Headers headers = new RecordHeaders(kept(refused.headers()));
        Object key = new BoundedKeyDeserializer().deserialize(topic, headers, refused.keyBuffer());
        Object body = new BoundedBodyDeserializer().deserialize(topic, headers, refused.valueBuffer());
        return new ConsumerRecord<>(topic, partition.partition(), refused.offset(), refused.timestamp(),
                refused.timestampType(), ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE, key, body, headers,
                Optional.empty());
    }

    /** Removes headers with the names of the hub's own that a producer has set. */
    private static void bound(Headers headers) {
        if (headers.toArray().length > MOST_HEADERS) {
            throw new SerializationException("it has more than " + MOST_HEADERS + " headers");
        }
        List<Header> kept = kept(headers);
        for (Iterator<Header> each = headers.iterator(); each.hasNext();) {
            each.next();
            each.remove();
        }
        kept.forEach(headers::add);
    }

    /** Keeps one header of each name, whatever its capitals: the one with the hub's spelling if present, else the last. */
    private static List<Header> kept(Headers headers) {
        Map<String, Header> kept = new LinkedHashMap<>();
        for (Header header : headers) {
            String name = header.key().toLowerCase(Locale.ROOT);
            Header before = kept.get(name);
            boolean isRead = header.key().equals(name);
            if (AllowedHeaders.OF_RECORDS.contains(name) && (before == null || isRead || !before.key().equals(name))) {
                kept.put(name, header);
            }
        }
        return kept.values().stream().map(BoundedBodyDeserializer::bounded).toList();
    }

    private static Header bounded(Header header) {
        return header.value() == null || header.value().length <= LONGEST_HEADER ? header
                : new RecordHeader(header.key(), Arrays.copyOf(header.value(), LONGEST_HEADER));
    }

    private static String sha256(ByteBuffer body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
