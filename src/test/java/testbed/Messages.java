package testbed;

import contract.EventType;
import contract.Json;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics as a test sees them: every record on any of them that is no larger than a message may be, and a way to send what a
 * neighbour would.
 */
public final class Messages implements AutoCloseable {

    private static final int LARGEST = 64 * 1024;

    private final List<ConsumerRecord<String, byte[]>> seen = new CopyOnWriteArrayList<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;

    /** @param brokers as in {@code host:port}; the topics may come later */
    public Messages(String brokers) {
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all"), new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "group.id", "test-" + UUID.randomUUID(),
                "auto.offset.reset", "earliest", "metadata.max.age.ms", "500"), new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Pattern.compile("lucky_.*"));
        reader = new Thread(this::read, "messages");
        reader.start();
    }

    /** The records of this topic with this key so far, in their order. */
    public List<ConsumerRecord<String, byte[]>> on(String topic, String key) {
        return seen.stream().filter(record -> record.topic().equals(topic) && key.equals(record.key())).toList();
    }

    /** Sends what a neighbour would: a CloudEvent in binary mode, keyed by its order. Returns when the broker has it. */
    public void send(String topic, EventType type, String orderId, Record body) {
        var event = CloudEventBuilder.v1().withId(UUID.randomUUID().toString()).withSource(URI.create("test"))
                .withType(type.type()).withTime(OffsetDateTime.now()).withData("application/json", Json.write(body))
                .build();
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.<String>createWriter(topic, orderId).writeBinary(event);
        if (type == EventType.EXPRESS_CHANGED) {
            record.headers().add("tag", "luckyorder_express".getBytes());
        }
        send(record);
    }

    /** Sends any record at all. Returns when the broker has it, with where it has it. */
    public RecordMetadata send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (Exception e) {
            throw new AssertionError("the broker did not take the record", e);
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        if (record.serializedValueSize() <= LARGEST) {
            seen.add(record);
        }
    }

    private void read() {
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::keep);
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        producer.close();
    }
}
