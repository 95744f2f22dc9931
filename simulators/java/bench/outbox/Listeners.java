package bench.outbox;

import contract.ExpressChanged;
import contract.Json;
import contract.Made;
import contract.MakingStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumers of the neighbours' events: one transaction for each event, offsets committed after each poll. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int A_TOPIC = 3;

    private final String brokers;
    private final List<Listener> listeners = new ArrayList<>();

    Listeners(OrderStore store, String brokers) {
        this.brokers = brokers;
        add("lucky_making_started_topic", body -> store.start(Json.read(body, MakingStarted.class)));
        add("lucky_made_topic", body -> store.finish(Json.read(body, Made.class)));
        add("lucky_order_express_topic", body -> store.deliver(Json.read(body, ExpressChanged.class)));
    }

    void start() {
        listeners.forEach(listener -> new Thread(listener::run, "listens-to-" + listener.topic).start());
    }

    /** Whether each listener has its partitions. */
    boolean areReady() {
        return listeners.stream().allMatch(listener -> listener.assigned);
    }

    private void add(String topic, Consumer<byte[]> apply) {
        for (int i = 0; i < A_TOPIC; i++) {
            listeners.add(new Listener(topic, apply));
        }
    }

    private final class Listener {
        private final String topic;
        private final Consumer<byte[]> apply;
        private volatile boolean assigned;

        private Listener(String topic, Consumer<byte[]> apply) {
            this.topic = topic;
            this.apply = apply;
        }

        private void run() {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers,
                    "group.id", "outbox-" + topic, "enable.auto.commit", "false", "auto.offset.reset", "latest",
                    "max.poll.records", "500"), new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic));
                while (true) {
                    ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                    if (!assigned && consumer.assignment().size() * A_TOPIC == consumer.partitionsFor(topic).size()) {
                        // Fixes the offset to begin at, before the service says that it is ready.
                        consumer.assignment().forEach(consumer::position);
                        assigned = true;
                    }
                    for (ConsumerRecord<String, byte[]> record : records) {
                        apply.accept(record.value());
                    }
                    if (!records.isEmpty()) {
                        consumer.commitSync();
                    }
                }
            } catch (RuntimeException e) {
                // Without a listener the control would only look slow; the run is to fail instead.
                LOG.error("a listener to {} failed", topic, e);
                System.exit(1);
            }
        }
    }
}
