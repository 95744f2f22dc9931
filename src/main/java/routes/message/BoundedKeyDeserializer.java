package routes.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the key of a record. One that is longer than any order's id is read as none, so that nothing large is kept. */
public final class BoundedKeyDeserializer implements Deserializer<String> {

    private static final int LONGEST = 1_000;

    @Override
    public String deserialize(String topic, byte[] key) {
        return key == null || key.length > LONGEST ? null : new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public String deserialize(String topic, Headers headers, ByteBuffer key) {
        return key == null || key.remaining() > LONGEST ? null : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
    }
}
