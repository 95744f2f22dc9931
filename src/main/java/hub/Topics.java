package hub;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Creates the topics of the configuration that aren't there. When the broker is away the hub starts all the same, and
 * they are created when it is back.
 */
@Component
class Topics implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HubSettings.Kafka kafka;
    private ScheduledExecutorService later;

    Topics(HubSettings settings) {
        this.kafka = settings.kafka();
    }

    @Override
    public void start() {
        later = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "topics");
            thread.setDaemon(true);
            return thread;
        });
        createOrRetry();
    }

    private void createOrRetry() {
        try {
            create();
        } catch (ExecutionException | java.util.concurrent.TimeoutException | RuntimeException | Error e) {
            LOG.warn("the topics can't be created yet ({}); next try in {}", e.toString(), PATIENCE);
            later.schedule(this::createOrRetry, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create() throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        Map<String, Object> properties = new java.util.HashMap<>(kafka.properties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        List<NewTopic> topics = kafka.topics().entrySet().stream().map(entry ->
                new NewTopic(entry.getKey(), Optional.of(entry.getValue().partitions()), Optional.of(kafka.replicas()))
                        .configs(Map.of("retention.ms", String.valueOf(entry.getValue().retention().toMillis()))))
                .toList();
        try (Admin admin = Admin.create(properties)) {
            for (var created : admin.createTopics(topics).values().entrySet()) {
                try {
                    created.getValue().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    LOG.info("topic {} created", created.getKey());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    @Override
    public void stop() {
        later.shutdownNow();
        later = null;
    }

    @Override
    public boolean isRunning() {
        return later != null;
    }

    /** Before the routes, which want to read from them. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
