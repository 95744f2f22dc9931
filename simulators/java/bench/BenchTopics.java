package bench;

import embedded.Wait;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import simulators.wire.Topic;

/** The topics between hub and neighbours, which the bench creates, measures and reads without a consumer group. */
final class BenchTopics {

    /** Partitions of each topic, as the hub creates it. */
    static final int PARTITIONS = 12;
    static final Set<String> ALL = Set.of(Topic.ORDER_TO_BARISTA, Topic.MAKING_STARTED, Topic.MADE, Topic.ORDER_CHANGED,
            Topic.ORDER_EXPRESS, Topic.CANCEL_MAKING, Topic.CANCEL_OUTCOME);

    private BenchTopics() {
    }

    /** Creates all topics, because beside a control there is no hub that would create them. */
    static void make(String brokers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(ALL.stream().map(topic -> new NewTopic(topic, PARTITIONS, (short) 1)).toList()).all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker doesn't create the topics", e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** Size of all topics in bytes. */
    static long bytes(String brokers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get(10, TimeUnit.SECONDS).values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().startsWith("lucky_"))
                    .mapToLong(replica -> replica.getValue().size()).sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker doesn't tell the size of its topics", e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** The end offsets of the topics. */
    static Map<TopicPartition, Long> ends(String brokers, Collection<String> topics) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(brokers)) {
            return consumer.endOffsets(partitions(consumer, topics));
        }
    }

    /** Hands over all records from these offsets to the present ends. */
    static void readSince(String brokers, Map<TopicPartition, Long> since, Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(brokers)) {
            consumer.assign(since.keySet());
            since.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(since.keySet()));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    static KafkaConsumer<String, byte[]> consumer(String brokers) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false",
                "auto.offset.reset", "earliest", "max.poll.records", "2000"),
                new StringDeserializer(), new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Collection<String> topics) {
        return topics.stream().flatMap(topic -> partitions(consumer, topic)).toList();
    }

    private static Stream<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the broker has no topic " + topic);
        }
        return partitions.stream().map(info -> new TopicPartition(info.topic(), info.partition()));
    }
}
