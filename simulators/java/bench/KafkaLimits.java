package bench;

import embedded.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The limits of Kafka: records of 400 bytes, twelve partitions, {@code acks=all}. */
final class KafkaLimits {

    private static final String TOPIC = "limits";
    private static final int BYTES = 400;

    private final String brokers;
    private final Duration time;
    private long sent;

    KafkaLimits(String brokers, Duration time) {
        this.brokers = brokers;
        this.time = time;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 12, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no topic for the limits", e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** Produced records a second. */
    double produced() {
        byte[] body = new byte[BYTES];
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers,
                "acks", "all", "enable.idempotence", "true", "linger.ms", "5"),
                new StringSerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            for (; System.nanoTime() - start < time.toNanos(); sent++) {
                producer.send(new ProducerRecord<>(TOPIC, "order-" + sent, body));
            }
            producer.flush();
            return sent / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Consumed records a second, of all that {@link #produced} has written. */
    double consumed() {
        try (KafkaConsumer<String, byte[]> consumer = BenchTopics.consumer(brokers)) {
            List<TopicPartition> partitions = BenchTopics.partitions(consumer, List.of(TOPIC));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long start = System.nanoTime();
            long read = 0;
            while (read < sent) {
                read += consumer.poll(Duration.ofMillis(200)).count();
            }
            return read / ((System.nanoTime() - start) / 1e9);
        }
    }
}
