package routes.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks every few seconds whether each arrow that begins with Kafka reads. The result is in the hub's health, in the metric
 * {@code hub_consumer_reading}, and in the log when it changes. A consumer whose thread has ended, as after an Error, is
 * started anew; one that only gets no answer goes on by itself ({@link WatchedConsumer}).
 */
@Component("consumers")
class ConsumerWatch implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerWatch.class);

    private static final Duration EVERY = Duration.ofSeconds(3);
    /** Longest time between polls of a consumer that has no batch in hand: it polls ten times a second. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);
    /** Longest time between polls with a batch in hand: after five minutes the group gives the consumer up. */
    private static final Duration LONGEST_IN_HAND = Duration.ofMinutes(6);

    private final KafkaClients clients;
    private final ConsumerLag lag;
    private final ObjectProvider<CamelContext> camel;
    private final MultiGauge reading;
    /** Why an arrow doesn't read, by arrow. */
    private final Map<String, String> troubles = new ConcurrentSkipListMap<>();
    private ScheduledExecutorService clock;

    ConsumerWatch(KafkaClients clients, ConsumerLag lag, ObjectProvider<CamelContext> camel, MeterRegistry metrics) {
        this.clients = clients;
        this.lag = lag;
        this.camel = camel;
        this.reading = MultiGauge.builder("hub.consumer.reading").register(metrics);
    }

    @Override
    public void start() {
        clock = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "consumer-watch");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(() -> safely(this::look), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(() -> safely(() -> lag.measure(arrows())), EVERY.toMillis(),
                ConsumerLag.EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Catches everything, as a scheduled task that throws is not run again. */
    private static void safely(Runnable look) {
        try {
            look.run();
        } catch (Throwable e) {
            LOG.warn("the consumers could not be looked at; next try in {} s", EVERY.toSeconds(), e);
        }
    }

    /** The started routes that begin with Kafka, by id. */
    private Map<String, KafkaConsumer> arrows() {
        Map<String, KafkaConsumer> arrows = new TreeMap<>();
        CamelContext context = camel.getIfAvailable();
        if (context != null && context.isStarted()) {
            for (Route route : context.getRoutes()) {
                if (route.getConsumer() instanceof KafkaConsumer consumer && isStarted(route.getRouteId())) {
                    arrows.put(route.getRouteId(), consumer);
                }
            }
        }
        return arrows;
    }

    private boolean isStarted(String arrow) {
        ServiceStatus status = camel.getObject().getRouteController().getRouteStatus(arrow);
        return status != null && status.isStarted();
    }

    private void look() {
        Map<String, KafkaConsumer> arrows = arrows();
        arrows.forEach((arrow, consumer) -> {
            KafkaConfiguration settings = consumer.getEndpoint().getConfiguration();
            List<WatchedConsumer> threads = clients.consumers(settings.getGroupId());
            say(arrow, settings, trouble(settings, threads));
            if (isGone(arrow, settings, threads)) {
                startAnew(arrow, consumer, threads);
            }
        });
        troubles.keySet().retainAll(arrows.keySet());
        reading.register(arrows.keySet().stream().map(arrow ->
                MultiGauge.Row.of(Tags.of("arrow", arrow), troubles.containsKey(arrow) ? 0 : 1)).toList(), true);
    }

    /** @return why the arrow does not read; null when it does */
    private String trouble(KafkaConfiguration settings, List<WatchedConsumer> threads) {
        String notMade = clients.trouble(settings.getGroupId());
        if (notMade != null) {
            return "no consumer could be made: " + notMade;
        }
        return threads.stream().map(thread -> thread.idle().compareTo(LONGEST_IN_HAND) > 0 ? "its thread does not poll"
                : thread.trouble()).filter(trouble -> trouble != null).findFirst()
                .orElse(threads.size() < settings.getConsumersCount() && isOverdue(settings) ? "it has no consumer" : null);
    }

    private boolean isOverdue(KafkaConfiguration settings) {
        return clients.sinceTry(settings.getGroupId()).compareTo(LONGEST_IDLE) > 0;
    }

    private void say(String arrow, KafkaConfiguration settings, String trouble) {
        String before = trouble == null ? troubles.remove(arrow) : troubles.put(arrow, trouble);
        if (trouble == null && before != null) {
            LOG.info("arrow={} reads from {} at {} again", arrow, settings.getTopic(), settings.getBrokers());
        } else if (trouble != null && !trouble.equals(before)) {
            LOG.warn("arrow={} does not read from {} as group {} at {}: {}. It tries again by itself; give the hub's principal"
                    + " READ on that topic and that group, see to its credentials, or see that the brokers can be reached",
                    arrow, settings.getTopic(), settings.getGroupId(), settings.getBrokers(), trouble);
        }
    }

    /** Whether a thread of the consumer has ended by itself. */
    private boolean isGone(String arrow, KafkaConfiguration settings, List<WatchedConsumer> threads) {
        boolean inHand = camel.getObject().getInflightRepository().size(arrow) > 0;
        Duration longest = inHand ? LONGEST_IN_HAND : LONGEST_IDLE;
        return threads.stream().anyMatch(thread -> thread.idle().compareTo(longest) > 0)
                || threads.size() < settings.getConsumersCount() && isOverdue(settings);
    }

    private void startAnew(String arrow, KafkaConsumer consumer, List<WatchedConsumer> threads) {
        LOG.warn("arrow={} has lost a thread that reads; its consumer is started anew", arrow);
        consumer.stop();
        threads.forEach(thread -> {
            try {
                thread.close(CloseOptions.timeout(EVERY));
            } catch (RuntimeException e) {
                LOG.info("arrow={} a consumer without a thread could not be closed: {}", arrow, e.toString());
            }
        });
        if (isStarted(arrow)) {
            consumer.start();
        }
        if (!isStarted(arrow)) {
            // An edit or a pause has stopped the route meanwhile.
            consumer.stop();
        }
    }

    @Override
    public Health health() {
        Map<String, String> now = new TreeMap<>(troubles);
        return (now.isEmpty() ? Health.up() : Health.down()).withDetails(now).build();
    }

    @Override
    public void stop() {
        clock.shutdownNow();
        lag.close();
        clock = null;
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Ends before the routes, as it would start again what is being stopped. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
