package routes.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.stereotype.Component;

/** Makes Kafka's clients for routes: clients that recover by themselves, and consumers whose state can be asked for. */
@Component
public class KafkaClients extends DefaultKafkaClientFactory {

    /** @param trouble why no consumer could be made; null when one was */
    private record Try(long at, String trouble) {
    }

    private final Set<WatchedConsumer> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Try> tries = new ConcurrentHashMap<>();

    @Override
    public Consumer<Object, Object> getConsumer(Properties properties) {
        String group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        try {
            WatchedConsumer consumer = new WatchedConsumer(properties, open::remove);
            open.add(consumer);
            tries.put(group, new Try(System.nanoTime(), null));
            return consumer;
        } catch (RuntimeException | Error e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            tries.put(group, new Try(System.nanoTime(), why.getClass().getSimpleName() + ": " + why.getMessage()));
            throw e;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<Object, Object> getProducer(Properties properties) {
        return LastingProducer.of(() -> super.getProducer(properties));
    }

    /** The consumers of this group that are not closed. */
    List<WatchedConsumer> consumers(String group) {
        return open.stream().filter(consumer -> group.equals(consumer.group())).toList();
    }

    /** Why no consumer of this group could be made when it was last tried; null when one was. */
    String trouble(String group) {
        Try last = tries.get(group);
        return last == null ? null : last.trouble();
    }

    /** Time since a consumer of this group was made, or the hub tried to make one. */
    Duration sinceTry(String group) {
        Try last = tries.get(group);
        return last == null ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - last.at());
    }
}
