package chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import stage.Wait;

/** What the run itself does with the broker, past every proxy. */
final class Kafka {

    private static final String PUSHED = "lucky_order_to_barista_topic";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final String brokers;

    Kafka(String brokers) {
        this.brokers = brokers;
    }

    /** Returns when the broker answers. */
    void awaitUp() {
        if (!Wait.until(this::isUp, LONGEST_START)) {
            throw new IllegalStateException("the broker at " + brokers + " doesn't answer after " + LONGEST_START);
        }
    }

    boolean isUp() {
        try (Admin admin = Admin.create(client())) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** Sends one record to a topic as it is, whatever it is. @return whether the broker took it */
    boolean send(String topic, String key, byte[] body) {
        Properties properties = client();
        properties.put("max.block.ms", "5000");
        properties.put("delivery.timeout.ms", "8000");
        properties.put("request.timeout.ms", "4000");
        try (KafkaProducer<String, byte[]> producer =
                     new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, body)).get(10, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** Returns as soon as an order is pushed to the barista while the condition holds. @return whether one was in time */
    boolean seesPush(BooleanSupplier condition, Duration atMost) {
        Properties properties = client();
        properties.put("fetch.max.wait.ms", "20");
        try (KafkaConsumer<String, byte[]> consumer =
                     new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(PUSHED, Duration.ofSeconds(5)).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            long end = System.nanoTime() + atMost.toNanos();
            while (System.nanoTime() < end) {
                if (!consumer.poll(Duration.ofMillis(20)).isEmpty() && condition.getAsBoolean()) {
                    return true;
                }
            }
        } catch (KafkaException e) {
            // As if nothing had been seen.
        }
        return false;
    }

    private Properties client() {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", brokers, "default.api.timeout.ms", "3000",
                "request.timeout.ms", "2000"));
        return properties;
    }
}
