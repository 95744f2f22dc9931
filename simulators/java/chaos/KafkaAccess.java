package chaos;

import embedded.Broker;
import embedded.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import simulators.wire.Topic;

/** The run's own access to the broker, past the proxies. */
final class KafkaAccess {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    /** Bytes; above what any nemesis writes. The producer checks the size of a record before compression. */
    private static final int LARGEST = 128 << 20;

    private final String brokers;

    KafkaAccess(String brokers) {
        this.brokers = brokers;
    }

    /** Whether the broker answers, past every proxy. */
    boolean answers() {
        return Broker.answers(brokers);
    }

    /** Sends one record, valid or not. @return whether the broker acknowledged it */
    boolean send(String topic, String key, byte[] body) {
        try {
            sendAll(List.of(new ProducerRecord<>(topic, key, body)), "none");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * Sends records, valid or not.
     *
     * @param compression as Kafka names it, such as {@code gzip}
     * @return the offset of the last record in each partition
     * @throws IllegalStateException when the broker didn't acknowledge all of them
     */
    Map<TopicPartition, Long> sendAll(List<ProducerRecord<String, byte[]>> records, String compression) {
        Properties properties = client();
        properties.putAll(Map.of("max.block.ms", "5000", "delivery.timeout.ms", "15000", "request.timeout.ms", "8000",
                "compression.type", compression, "max.request.size", "" + LARGEST, "buffer.memory", "" + LARGEST));
        Map<TopicPartition, Long> last = new HashMap<>();
        try (KafkaProducer<String, byte[]> producer =
                     new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(one -> sent.add(producer.send(one)));
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata where = one.get(20, TimeUnit.SECONDS);
                last.merge(new TopicPartition(where.topic(), where.partition()), where.offset(), Math::max);
            }
            return last;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IllegalStateException("the broker did not take the records", e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** A transactional producer; the caller closes it. */
    KafkaProducer<String, byte[]> transactional(String id) {
        Properties properties = client();
        properties.putAll(Map.of("transactional.id", id, "max.block.ms", "10000", "request.timeout.ms", "8000",
                "delivery.timeout.ms", "10000"));
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Number of records of a topic from the first of an open transaction on, which a read-committed consumer can't read
     * yet.
     */
    long behindOpenTransactions(String topic) {
        return ask(admin -> sum(ends(admin, topic, IsolationLevel.READ_UNCOMMITTED))
                - sum(ends(admin, topic, IsolationLevel.READ_COMMITTED)));
    }

    /** Number of records that were ever written to a topic. */
    long written(String topic) {
        return ask(admin -> sum(ends(admin, topic, IsolationLevel.READ_UNCOMMITTED)));
    }

    List<TopicPartition> partitions(String topic) {
        return ask(admin -> List.copyOf(ends(admin, topic, IsolationLevel.READ_UNCOMMITTED).keySet()));
    }

    /** The committed offsets of a group; 0 for a partition without one. */
    Map<TopicPartition, Long> committed(String group) {
        return ask(admin -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().forEach((partition, offset) ->
                    offsets.put(partition, offset == null ? 0L : offset.offset()));
            return offsets;
        });
    }

    /** Denies the hubs a right; other clients keep it. */
    void deny(ResourcePattern what, AclOperation operation) {
        ask(admin -> admin.createAcls(List.of(new AclBinding(what, new AccessControlEntry(Broker.PROXIED_USER, "*",
                operation, AclPermissionType.DENY)))).all().get());
    }

    /** Removes all ACLs. */
    void denyNothing() {
        ask(admin -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get());
    }

    private static Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends(Admin admin, String topic,
            IsolationLevel isolation) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().forEach(partition ->
                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get();
    }

    private static long sum(Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> offsets) {
        return offsets.values().stream().mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset).sum();
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** @throws IllegalStateException when the broker doesn't answer, or refuses */
    private <T> T ask(Question<T> question) {
        Properties patient = client();
        patient.put("default.api.timeout.ms", "" + LONGEST_ANSWER.toMillis());
        try (Admin admin = Admin.create(patient)) {
            return question.of(admin);
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException("the broker at " + brokers + " gave no answer", e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** Waits until an order is pushed to the barista while the condition holds. @return whether that was seen in time */
    boolean seesPush(BooleanSupplier condition, Duration atMost) {
        Properties properties = client();
        properties.put("fetch.max.wait.ms", "20");
        try (KafkaConsumer<String, byte[]> consumer =
                     new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.ORDER_TO_BARISTA, Duration.ofSeconds(5)).stream()
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
            // Counts as not seen.
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
