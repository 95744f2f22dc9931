package routes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the body of a record, and no more of it than any readable one has. A broker counts a record's bytes as they are
 * compressed: 80 kB on the wire may be 80 MB here, and a poll brings 500 records. Of a longer body the beginning is kept, and
 * its length and digest stand in headers of our own. Of the record's headers those are kept that are looked at, each once.
 */
public final class BoundedBody implements Deserializer<byte[]> {

    /** How long the body was, in bytes; only there when the body was cut. */
    static final String BYTES = "hub_bytes";
    /** The SHA-256 of all of the body, in hexadecimal digits; only there when the body was cut. */
    static final String SHA256 = "hub_sha256";

    /** The longest header that is kept has a thousand characters, each of which has four bytes at most. */
    private static final int LONGEST_HEADER = 4_000;

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

    /** Whether this is the record as it came, and not only its beginning. */
    static boolean isWhole(Headers headers) {
        return headers.lastHeader(BYTES) == null;
    }

    /** Ours are none that come from outside. */
    private static void bound(Headers headers) {
        Header[] all = headers.toArray();
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            last.put(all[i].key(), i);
        }
        int at = 0;
        for (Iterator<Header> each = headers.iterator(); each.hasNext(); at++) {
            String name = each.next().key();
            if (!EntryHeaders.OF_RECORDS.contains(name.toLowerCase(Locale.ROOT)) || last.get(name) != at) {
                each.remove();
            }
        }
        for (Header header : headers.toArray()) {
            if (header.value() != null && header.value().length > LONGEST_HEADER) {
                headers.remove(header.key()).add(header.key(), Arrays.copyOf(header.value(), LONGEST_HEADER));
            }
        }
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
