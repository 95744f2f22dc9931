package routes.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import routes.message.BoundedBodyDeserializer;

/**
 * A consumer that goes on whatever a poll throws: Camel would end its thread for good when a right or a credential is
 * missing for a moment, or at an Error. It pauses and polls again, and can say why it doesn't read.
 */
final class WatchedConsumer extends KafkaConsumer<Object, Object> {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Time without another failure after which it counts as reading again; each try takes less. */
    private static final Duration WELL_AFTER = Duration.ofSeconds(6);
    /** Longest time between heartbeats of a member of its group, which sends one every three seconds. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final String group;
    private final Consumer<WatchedConsumer> closed;
    private final long created = System.nanoTime();
    private volatile long polled = created;
    private volatile long failedAt;
    private volatile Throwable failure;

    WatchedConsumer(Properties properties, Consumer<WatchedConsumer> closed) {
        super(properties);
        this.group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        this.closed = closed;
    }

    String group() {
        return group;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            polled = System.nanoTime();
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            if (failure != null && System.nanoTime() - failedAt > WELL_AFTER.toNanos()) {
                failure = null;
            }
            return records;
        } catch (RecordDeserializationException e) {
            return instead(e);
        } catch (WakeupException | InterruptException e) {
            // The consumer is being closed.
            throw e;
        } catch (KafkaException | Error e) {
            failedAt = System.nanoTime();
            failure = e;
            if (e instanceof AuthenticationException || e instanceof GroupAuthorizationException) {
                joinAgain();
            }
            // An interrupted thread goes on at once, and its next poll throws.
            LockSupport.parkNanos(PAUSE.toNanos());
            return ConsumerRecords.empty();
        } finally {
            polled = System.nanoTime();
        }
    }

    /**
     * Such a failure may have ended the heartbeat's thread, and only joining the group starts another. A consumer that polls
     * on without joining never heartbeats again, and its polls return at once: two of them take both processors of a small
     * machine.
     */
    private void joinAgain() {
        enforceRebalance("it was refused by the brokers");
    }

    /** Returns the refused record alone; the records behind it come with the next poll. */
    private ConsumerRecords<Object, Object> instead(RecordDeserializationException refused) {
        TopicPartition partition = refused.topicPartition();
        long next = refused.offset() + 1;
        seek(partition, next);
        return new ConsumerRecords<>(Map.of(partition, List.of(BoundedBodyDeserializer.read(refused))),
                Map.of(partition, new OffsetAndMetadata(next)));
    }

    /** Time since its thread last polled. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - polled);
    }

    /** Why it doesn't read, in the same words while the reason is the same; null when it reads. */
    String trouble() {
        Throwable failed = failure;
        if (failed != null) {
            return failed.getClass().getSimpleName() + ": " + failed.getMessage();
        }
        double heartbeat = secondsSinceHeartbeat();
        boolean isMember = heartbeat >= 0 && heartbeat < HEARTBEAT.toSeconds();
        boolean isNew = System.nanoTime() - created < HEARTBEAT.toNanos();
        return isMember || isNew ? null : "the brokers don't answer it";
    }

    /** Seconds since its last heartbeat; below zero when it never was a member of its group. */
    private double secondsSinceHeartbeat() {
        return metrics().entrySet().stream().filter(each -> each.getKey().name().equals("last-heartbeat-seconds-ago"))
                .map(each -> (Metric) each.getValue())
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue()).findFirst().orElse(-1);
    }

    @Override
    public void close() {
        closed.accept(this);
        super.close();
    }

    @Override
    @Deprecated
    public void close(Duration timeout) {
        closed.accept(this);
        super.close(timeout);
    }

    @Override
    public void close(CloseOptions options) {
        closed.accept(this);
        super.close(options);
    }
}
