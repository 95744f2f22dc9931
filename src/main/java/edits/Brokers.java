package edits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Whether Kafka can be reached where edited routes say. Camel starts a route all the same, and connects when it can: for
 * an edit that is too late.
 */
final class Brokers {

    private static final int PATIENCE_SECONDS = 5;

    private final CamelContext camel;

    Brokers(CamelContext camel) {
        this.camel = camel;
    }

    /** @throws NotStarted when one can't be reached */
    void reach(List<RouteSource> routes) throws NotStarted {
        KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
        Set<String> all = new TreeSet<>();
        for (RouteSource route : routes) {
            add(all, route.from(), kafka);
            route.steps().forEach(step -> add(all, step, kafka));
        }
        for (String brokers : all) {
            reach(brokers, kafka.getConfiguration().getAdditionalProperties());
        }
    }

    private static void add(Set<String> all, RouteSource.Step step, KafkaComponent kafka) {
        if (step.scheme().equals("kafka")) {
            all.add(String.valueOf(step.parameters().getOrDefault("brokers", kafka.getConfiguration().getBrokers())));
        }
    }

    private static void reach(String brokers, Map<String, Object> security) throws NotStarted {
        Map<String, Object> properties = new HashMap<>(security);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new NotStarted("no broker answers at " + brokers + "; correct the address, or wait until it is back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStarted("the hub is stopping");
        }
    }
}
