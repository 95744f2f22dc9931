package simulators.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;

/**
 * Sends events in the order of the calls until the broker has acknowledged each. Only the fault {@code lose} drops one; an
 * event that was not sent before a crash has no {@link What#EVENT_SENT} in the journal and is sent after the next start, see
 * {@link UnsentEvents}.
 */
public final class EventSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final String source;
    private final Faults faults;
    private final Journal journal;
    private final ScheduledExecutorService timer;
    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<TopicEvent> queue = new LinkedBlockingQueue<>();
    private final Map<String, TopicEvent> heldByOrder = new HashMap<>();
    private final Thread sender;
    private volatile boolean open = true;

    /** @param source {@code ce_source} of the events */
    public EventSender(Brokers brokers, String source, Faults faults, Journal journal, ScheduledExecutorService timer) {
        this.source = source;
        this.faults = faults;
        this.journal = journal;
        this.timer = timer;
        this.producer = new KafkaProducer<>(brokers.producer(), new StringSerializer(), new ByteArraySerializer());
        this.sender = new Thread(this::run, source + "-outbox");
        this.sender.start();
    }

    /** Queues the event and returns at once. The entry that it reports has to be on disk before. */
    public void send(TopicEvent event) {
        Optional<Faults.Struck> struck = faults.strike(Channel.EVENTS_OUT, event.id(), event.orderId());
        if (struck.isEmpty()) {
            enqueue(event);
            return;
        }
        switch (struck.get().fault()) {
            case LOSE -> {
            }
            case DOUBLE -> {
                enqueue(event);
                enqueue(event);
            }
            case REORDER -> hold(event, struck.get().length());
            case DELAY -> Threads.later(timer, struck.get().length(), () -> queue.add(event));
            default -> enqueue(event);
        }
    }

    /** Sends what is in the queue, waiting for 15 seconds at most. */
    @Override
    public void close() {
        open = false;
        sender.interrupt();
        try {
            sender.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }

    /** Queues the event, and after it one of the same order that was held back to be overtaken. */
    private void enqueue(TopicEvent event) {
        TopicEvent overtaken;
        synchronized (heldByOrder) {
            queue.add(event);
            overtaken = heldByOrder.isEmpty() ? null : heldByOrder.remove(event.orderId());
            if (overtaken != null) {
                queue.add(overtaken);
            }
        }
    }

    private void hold(TopicEvent event, Duration atMost) {
        synchronized (heldByOrder) {
            if (heldByOrder.putIfAbsent(event.orderId(), event) != null) {
                enqueue(event);
                return;
            }
        }
        Threads.later(timer, atMost, () -> {
            synchronized (heldByOrder) {
                if (heldByOrder.remove(event.orderId(), event)) {
                    queue.add(event);
                }
            }
        });
    }

    private void run() {
        try {
            boolean wasDown = false;
            while (open) {
                if (faults.down(Channel.EVENTS_OUT)) {
                    if (!wasDown) {
                        faults.record(Fault.DOWN, Channel.EVENTS_OUT, null, null);
                    }
                    wasDown = true;
                    awaitAWhile();
                    continue;
                }
                wasDown = false;
                TopicEvent event = queue.poll(1, TimeUnit.SECONDS);
                if (event != null) {
                    transmit(event);
                }
            }
        } catch (InterruptedException e) {
            // The sender is being closed.
        }
        // At the end everything that is left is sent, unless the channel is down.
        for (TopicEvent event = queue.poll(); event != null && !faults.down(Channel.EVENTS_OUT); event = queue.poll()) {
            transmit(event);
        }
    }

    private synchronized void awaitAWhile() throws InterruptedException {
        wait(100);
    }

    private void transmit(TopicEvent event) {
        try {
            producer.send(event.toRecord(source), (metadata, failure) -> {
                if (failure == null) {
                    journal.write(List.of(Entry.of(Instant.now(), What.EVENT_SENT, event.orderId())
                            .withKey(event.id())));
                } else {
                    again(event, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            again(event, e);
        }
    }

    private void again(TopicEvent event, Exception failure) {
        LOG.warn("event {} could not be sent ({}); retried in {} s", event.id(), failure.toString(), AGAIN.toSeconds());
        Threads.later(timer, AGAIN, () -> queue.add(event));
    }
}
