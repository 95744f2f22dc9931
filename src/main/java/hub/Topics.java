package hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks every minute whether the configured topics exist, and creates the absent ones: a cluster may be replaced by an
 * empty one at the same address. A failure does not keep the hub from starting; the check is repeated after a few seconds,
 * and a failure is logged once for as long as its reason stays the same.
 */
@Component
class Topics implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /**
     * @param what   words that stay the same while the trouble does
     * @param detail words that may change with each attempt
     */
    private record Trouble(String what, String detail) {
    }

    private final HubSettings.Kafka kafka;
    private ScheduledExecutorService clock;
    /** The trouble that was logged last; null when there is none. */
    private String said;

    Topics(HubSettings settings) {
        this.kafka = settings.kafka();
    }

    @Override
    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "topics");
            thread.setDaemon(true);
            return thread;
        });
        look(clock);
    }

    private void look(ScheduledExecutorService by) {
        Duration pause = PATIENCE;
        try {
            Trouble trouble = createAbsent();
            say(trouble);
            pause = trouble == null ? EVERY : PATIENCE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Also an Error: nothing else would schedule the next check.
            say(new Trouble("the topics can't be looked at", e.toString()));
        } finally {
            if (!by.isShutdown()) {
                by.schedule(() -> look(by), pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void say(Trouble trouble) {
        String what = trouble == null ? null : trouble.what();
        if (Objects.equals(what, said)) {
            return;
        }
        if (trouble == null) {
            LOG.info("Kafka at {} answers, and all topics are there", kafka.brokers());
        } else {
            LOG.warn("Kafka at {}: {}. Looked at again every {} s. ({})", kafka.brokers(), what, PATIENCE.toSeconds(),
                    trouble.detail());
        }
        said = what;
    }

    /** @return why topics are absent; null when all exist now */
    private Trouble createAbsent() throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        List<NewTopic> absent = new ArrayList<>();
        List<Trouble> troubles = new ArrayList<>();
        try (Admin admin = Admin.create(properties)) {
            for (var topic : new TreeMap<>(admin.describeTopics(kafka.topics().keySet()).topicNameValues()).entrySet()) {
                String name = topic.getKey();
                Throwable failure = failure(topic.getValue());
                if (failure instanceof UnknownTopicOrPartitionException) {
                    absent.add(asConfigured(name));
                } else if (failure != null) {
                    troubles.add(trouble("DESCRIBE on TOPIC " + name, "topic " + name + " can't be looked at", failure));
                }
            }
            for (var topic : new TreeMap<>(admin.createTopics(absent).values()).entrySet()) {
                String name = topic.getKey();
                Throwable failure = failure(topic.getValue());
                if (failure == null) {
                    LOG.info("topic {} created", name);
                } else if (!(failure instanceof TopicExistsException)) {
                    troubles.add(trouble("CREATE on TOPIC " + name + " (or on the CLUSTER)",
                            "topic " + name + " is absent and can't be created", failure));
                }
            }
        }
        return troubles.isEmpty() ? null
                : new Trouble(String.join("; ", troubles.stream().map(Trouble::what).distinct().toList()),
                        troubles.get(0).detail());
    }

    private NewTopic asConfigured(String name) {
        HubSettings.Topic topic = kafka.topics().get(name);
        return new NewTopic(name, Optional.of(topic.partitions()), Optional.ofNullable(kafka.replicas()))
                .configs(Map.of("retention.ms", String.valueOf(topic.retention().toMillis())));
    }

    private static Trouble trouble(String right, String what, Throwable failure) {
        if (failure instanceof AuthorizationException) {
            return new Trouble("the hub's principal lacks the right " + right + "; give it that, or create the topic yourself",
                    failure.toString());
        }
        return failure instanceof TimeoutException || failure instanceof java.util.concurrent.TimeoutException
                ? new Trouble("no answer; see that the brokers run and can be reached from here. What is to be sent stays owed",
                        failure.toString())
                : new Trouble(what + ": " + failure.getClass().getSimpleName(), failure.toString());
    }

    /** @return null when it has succeeded */
    private static Throwable failure(KafkaFuture<?> done) throws InterruptedException {
        try {
            done.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (java.util.concurrent.TimeoutException e) {
            return e;
        }
    }

    @Override
    public void stop() {
        clock.shutdownNow();
        clock = null;
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Started before the routes, which read from the topics. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
