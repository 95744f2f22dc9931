package edits;

import edits.rules.RouteSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Checks that Kafka can be reached at the brokers that edited routes name, and creates their topics where they are missing,
 * with the broker's defaults. Camel would start such a route and connect later, which is too late for an edit.
 */
final class RouteTopics {

    private static final int PATIENCE_SECONDS = 10;

    private final CamelContext camel;

    RouteTopics(CamelContext camel) {
        this.camel = camel;
    }

    /** @throws NotStarted when brokers can't be reached */
    void reach(List<RouteSource> routes) throws NotStarted {
        KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
        Map<String, Set<String>> topics = new TreeMap<>();
        for (RouteSource route : routes) {
            add(topics, route.from(), kafka);
            route.steps().forEach(step -> add(topics, step, kafka));
        }
        for (Map.Entry<String, Set<String>> brokers : topics.entrySet()) {
            reach(brokers.getKey(), brokers.getValue(), kafka.getConfiguration().getAdditionalProperties());
        }
    }

    private void add(Map<String, Set<String>> topics, RouteSource.Step step, KafkaComponent kafka) {
        if (step.scheme().equals("kafka")) {
            String brokers = camel.resolvePropertyPlaceholders(String.valueOf(
                    step.parameters().getOrDefault("brokers", kafka.getConfiguration().getBrokers())));
            topics.computeIfAbsent(brokers, name -> new TreeSet<>()).add(step.path());
        }
    }

    private static void reach(String brokers, Set<String> topics, Map<String, Object> security) throws NotStarted {
        Map<String, Object> properties = new HashMap<>(security);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        try (Admin admin = Admin.create(properties)) {
            Set<String> absent = new TreeSet<>(topics);
            absent.removeAll(admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            admin.createTopics(absent.stream().map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty())).toList())
                    .all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new NotStarted("no broker answers at " + brokers + " as it should (" + e.getCause().getMessage()
                        + "); correct the address, wait until it is back, or have the topics created");
            }
        } catch (TimeoutException | KafkaException e) {
            throw new NotStarted("no broker answers at " + brokers + "; correct the address, or wait until it is back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStarted("the hub is stopping");
        }
    }
}
