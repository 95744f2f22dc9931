package simulators.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.JournalBroken;
import simulators.journal.What;

/**
 * Reads topics poll by poll: the records of a poll are handed over, their entries are written together, then the offsets are
 * committed. Records that a crash leaves uncommitted come again and are recognized by their key.
 */
public final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Brokers brokers;
    private final String group;
    private final Map<String, Channel> channels;
    private final Faults faults;
    private final Journal journal;
    private final Function<List<TopicEvent>, CompletableFuture<?>> reader;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Map<TopicPartition, Instant> delayedUntil = new HashMap<>();
    private final Map<TopicPartition, Long> delayedOnce = new HashMap<>();
    private final Set<Channel> seenDown = new HashSet<>();
    private volatile KafkaConsumer<String, byte[]> consumer;

    /**
     * @param channels the topics, each with the channel of its faults
     * @param reader   takes the events of a poll; its future is done when their entries are on disk
     */
    public TopicReader(Brokers brokers, String group, Map<String, Channel> channels, Faults faults, Journal journal,
                 Function<List<TopicEvent>, CompletableFuture<?>> reader) {
        this.brokers = brokers;
        this.group = group;
        this.channels = Map.copyOf(channels);
        this.faults = faults;
        this.journal = journal;
        this.reader = reader;
        this.thread = new Thread(this::run, group + "-inbox");
        this.thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(15).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void run() {
        while (open()) {
            try (KafkaConsumer<String, byte[]> fresh = new KafkaConsumer<>(
                    brokers.consumer(group), new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = fresh;
                delayedUntil.clear();
                fresh.subscribe(channels.keySet());
                while (open()) {
                    readOnce(fresh);
                }
            } catch (WakeupException e) {
                // The reader is being closed.
            } catch (RuntimeException e) {
                if (rootOf(e) instanceof JournalBroken) {
                    LOG.error("{} stops reading: its journal can't be written; free the disk and start it again", group, e);
                    return;
                }
                LOG.warn("{} can't read its topics; reads again from its last commit in 1 s", group, e);
                awaitClose(1_000);
            }
        }
    }

    private void readOnce(KafkaConsumer<String, byte[]> from) {
        holdBack(from);
        ConsumerRecords<String, byte[]> records = from.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        List<TopicEvent> batch = new ArrayList<>(records.count());
        List<TopicEvent> overtaken = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<String, byte[]> next : records.records(partition)) {
                if (!take(from, partition, next, batch, overtaken)) {
                    break;
                }
            }
        }
        batch.addAll(overtaken);
        reader.apply(batch).join();
        journal.write(List.of()).join();
        try {
            from.commitSync();
        } catch (RebalanceInProgressException | RetriableCommitFailedException e) {
            LOG.info("{} could not commit ({}); what it read may come again", group, e.getMessage());
        }
    }

    /** Returns false when this record and all later ones of the partition have to wait. */
    private boolean take(KafkaConsumer<String, byte[]> from, TopicPartition partition,
                         ConsumerRecord<String, byte[]> next, List<TopicEvent> batch, List<TopicEvent> overtaken) {
        Optional<TopicEvent> event = TopicEvent.from(next);
        if (event.isEmpty() || next.key() == null) {
            journal.write(List.of(Entry.of(Instant.now(), What.REFUSED_AS_MALFORMED, null)
                    .withDetail(Map.of("topic", next.topic(), "partition", "" + next.partition(),
                            "offset", "" + next.offset()))));
            return true;
        }
        boolean waited = Long.valueOf(next.offset()).equals(delayedOnce.get(partition));
        Optional<Faults.Struck> struck = waited ? Optional.empty()
                : faults.strike(channels.get(next.topic()), event.get().id(), next.key());
        if (struck.isEmpty()) {
            batch.add(event.get());
            return true;
        }
        switch (struck.get().fault()) {
            case LOSE -> {
            }
            case DOUBLE -> {
                batch.add(event.get());
                batch.add(event.get());
            }
            case REORDER -> overtaken.add(event.get());
            case DELAY -> {
                // All later records wait too, uncommitted, so that a crash loses none.
                delayedOnce.put(partition, next.offset());
                delayedUntil.put(partition, Instant.now().plus(struck.get().length()));
                from.seek(partition, next.offset());
                return false;
            }
            default -> batch.add(event.get());
        }
        return true;
    }

    private void holdBack(KafkaConsumer<String, byte[]> from) {
        if (delayedUntil.isEmpty() && seenDown.isEmpty() && channels.values().stream().noneMatch(faults::down)) {
            return;
        }
        Instant now = Instant.now();
        delayedUntil.values().removeIf(until -> !until.isAfter(now));
        for (Channel channel : channels.values()) {
            if (!faults.down(channel)) {
                seenDown.remove(channel);
            } else if (seenDown.add(channel)) {
                faults.record(Fault.DOWN, channel, null, null);
            }
        }
        List<TopicPartition> held = new ArrayList<>();
        List<TopicPartition> free = new ArrayList<>();
        for (TopicPartition partition : from.assignment()) {
            boolean hold = delayedUntil.containsKey(partition) || seenDown.contains(channels.get(partition.topic()));
            (hold ? held : free).add(partition);
        }
        from.pause(held);
        from.resume(free);
    }

    private void awaitClose(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof JournalBroken)) {
            root = root.getCause();
        }
        return root;
    }
}
