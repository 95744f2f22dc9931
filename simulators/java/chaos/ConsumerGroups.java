package chaos;

import embedded.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import simulators.wire.Topic;

/** The consumer groups of the hubs. Orders don't show whether they read, because the pulls make up for lost events. */
final class ConsumerGroups {

    /** Prefix of the ids of all groups. */
    static final String PREFIX = "lucky-hub-";

    /** Group ids by topic, as in the shipped routes. */
    private static final Map<String, String> BY_TOPIC = new TreeMap<>(Map.of(
            Topic.MAKING_STARTED, PREFIX + "making-started", Topic.MADE, PREFIX + "made",
            Topic.ORDER_EXPRESS, PREFIX + "express-sync", Topic.CANCEL_OUTCOME, PREFIX + "cancel-outcome"));

    /** Long enough for a hub to notice that its broker is back, or its right. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final byte[] LAST = "the run is over".getBytes(StandardCharsets.UTF_8);

    private final KafkaAccess kafka;

    ConsumerGroups(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /** Number of records that all groups have read since the topics were created. */
    long read() {
        return BY_TOPIC.keySet().stream().mapToLong(this::read).sum();
    }

    long read(String topic) {
        return kafka.committed(BY_TOPIC.get(topic)).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of records in the topics of all groups. */
    long written() {
        return BY_TOPIC.keySet().stream().mapToLong(kafka::written).sum();
    }

    /** Writes a last, unreadable record to each partition, and waits until the groups have read past it. */
    List<Violation> unread() {
        List<ProducerRecord<String, byte[]>> last = new ArrayList<>();
        BY_TOPIC.keySet().forEach(topic -> kafka.partitions(topic).forEach(partition ->
                last.add(new ProducerRecord<>(topic, partition.partition(), "chaos-last", LAST))));
        Map<TopicPartition, Long> ends = kafka.sendAll(last, "none");
        Wait.until(() -> behind(ends).isEmpty(), LONGEST);
        return behind(ends);
    }

    private List<Violation> behind(Map<TopicPartition, Long> ends) {
        return BY_TOPIC.entrySet().stream().flatMap(one -> behind(one.getValue(), kafka.committed(one.getValue()),
                of(one.getKey(), ends)).stream()).toList();
    }

    /** @param ends the last record of each partition that the group reads */
    static Optional<Violation> behind(String group, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        List<String> behind = ends.entrySet().stream()
                .filter(end -> committed.getOrDefault(end.getKey(), 0L) <= end.getValue())
                .map(end -> end.getKey() + " up to " + committed.getOrDefault(end.getKey(), 0L) + " of "
                        + (end.getValue() + 1)).sorted().toList();
        return behind.isEmpty() ? Optional.empty() : Optional.of(new Violation(Violation.Kind.UNREAD, null,
                group + " has read " + String.join(", ", behind), List.of()));
    }

    private static Map<TopicPartition, Long> of(String topic, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> its = new HashMap<>(ends);
        its.keySet().removeIf(partition -> !partition.topic().equals(topic));
        return its;
    }
}
