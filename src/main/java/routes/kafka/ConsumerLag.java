package routes.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Metrics of the records that an arrow has not read from its topic. {@code hub_consumer_lag} counts all records behind the
 * offsets that the group has committed; the consumers' own figure leaves out those that an open transaction holds back.
 * {@code hub_consumer_held_seconds} is for how long a transaction has done so. A topic that is written in transactions shows
 * one more for each partition: the marker at the end of the last transaction.
 */
@Component
class ConsumerLag {

    static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param offset the first one that an open transaction holds back @param since by {@link System#nanoTime} */
    private record Held(long offset, long since) {
    }

    private record Figures(String arrow, long lag, double heldSeconds) {
    }

    private final String brokers;
    private final Map<String, Object> properties = new HashMap<>();
    private final MultiGauge lag;
    private final MultiGauge held;
    private final Map<TopicPartition, Held> holds = new HashMap<>();
    private Admin admin;

    ConsumerLag(@Value("${hub.kafka.brokers}") String brokers, Environment environment, MeterRegistry metrics) {
        this.brokers = brokers;
        Binder.get(environment).bind("hub.kafka.properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()).forEach(properties::put);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        lag = MultiGauge.builder("hub.consumer.lag").register(metrics);
        held = MultiGauge.builder("hub.consumer.held.seconds").register(metrics);
    }

    /** An arrow that can't be measured has no figures. */
    synchronized void measure(Map<String, KafkaConsumer> arrows) {
        List<Figures> figures = new ArrayList<>();
        arrows.forEach((arrow, consumer) -> {
            var settings = consumer.getEndpoint().getConfiguration();
            if (brokers.equals(settings.getBrokers())) {
                try {
                    figures.add(figures(arrow, settings.getTopic(), settings.getGroupId()));
                } catch (ExecutionException | TimeoutException e) {
                    // The consumer itself logs the reason.
                    holds.keySet().removeIf(partition -> partition.topic().equals(settings.getTopic()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        lag.register(figures.stream().map(f -> MultiGauge.Row.of(Tags.of("arrow", f.arrow()), f.lag())).toList(), true);
        held.register(figures.stream().map(f -> MultiGauge.Row.of(Tags.of("arrow", f.arrow()), f.heldSeconds())).toList(),
                true);
    }

    private Figures figures(String arrow, String topic, String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<TopicPartition> partitions = of(admin().describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions()
                .stream().map(partition -> new TopicPartition(topic, partition.partition())).toList();
        Map<TopicPartition, OffsetAndMetadata> committed =
                of(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> earliest = offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> latest = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> stable = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        long behind = 0;
        double heldSeconds = 0;
        long now = System.nanoTime();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata read = committed.get(partition);
            long begin = Math.max(read == null ? 0 : read.offset(), earliest.get(partition));
            behind += Math.max(0, latest.get(partition) - begin);
            if (stable.get(partition) < latest.get(partition)) {
                long since = hold(partition, stable.get(partition), now);
                heldSeconds = Math.max(heldSeconds, (now - since) / 1e9);
            } else {
                holds.remove(partition);
            }
        }
        return new Figures(arrow, behind, heldSeconds);
    }

    private long hold(TopicPartition partition, long offset, long now) {
        return holds.merge(partition, new Held(offset, now), (before, fresh) -> before.offset() == offset ? before : fresh)
                .since();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which, IsolationLevel level)
            throws ExecutionException, TimeoutException, InterruptedException {
        return of(admin().listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)),
                new ListOffsetsOptions(level)).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static <T> T of(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }

    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
