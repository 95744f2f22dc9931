package bench;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import simulators.wire.Topic;

/** Reads the barista's topic and records the time from the intended time of an order's callback to its message. */
final class TopicWatch implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::run, "watches-topic");
    private volatile Watched watched;

    private record Watched(StepOrders orders, int firstMeasured, Histogram latencies) {
    }

    TopicWatch(String brokers) {
        consumer = BenchTopics.consumer(brokers);
        List<TopicPartition> partitions = BenchTopics.partitions(consumer, List.of(Topic.ORDER_TO_BARISTA));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.start();
    }

    /** Watches these orders from now on. @return the histogram into which the latencies are recorded, in microseconds */
    Histogram watch(StepOrders orders, int firstMeasured) {
        Watched now = new Watched(orders, firstMeasured, Latencies.micros());
        watched = now;
        return now.latencies;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    see(record, System.nanoTime());
                }
            }
        } catch (WakeupException e) {
            // The watch was closed.
        }
    }

    private void see(ConsumerRecord<String, byte[]> record, long now) {
        Watched current = watched;
        if (current == null) {
            return;
        }
        OptionalInt number = current.orders.number(record.key());
        if (number.isPresent() && number.getAsInt() >= current.firstMeasured) {
            Latencies.record(current.latencies, now - current.orders.intended(number.getAsInt()));
        }
    }
}
