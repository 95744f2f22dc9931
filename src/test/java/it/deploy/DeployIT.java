package it.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.Kind;
import contract.OrderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import testbed.HubClient;
import testbed.SharedHub;

/** What stands in {@code deploy/}, held against a running hub. */
class DeployIT {

    /** Prometheus' own. */
    private static final Set<String> FOREIGN = Set.of("up");

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();

    private static JsonNode read(String name) throws IOException {
        // JSON is YAML, too.
        return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(Path.of("deploy", name))));
    }

    private static List<String> expressions(String name) throws IOException {
        return read(name).findValuesAsText("expr");
    }

    private static Set<String> asked(String name) throws IOException {
        Set<String> asked = new TreeSet<>();
        expressions(name).forEach(expression -> {
            Set<String> names = MetricNames.in(expression);
            assertThat(names).as(expression).isNotEmpty();
            asked.addAll(names);
        });
        asked.removeAll(FOREIGN);
        return asked;
    }

    private Set<String> scraped() {
        return hub.get("/metrics", SharedHub.VIEWER).text().lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatTheDashboardAndTheRulesAskForIsWhatAHubTells() throws IOException {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        assertThat(hub.pay(order).status()).isEqualTo(204);

        for (String name : List.of("grafana-dashboard.json", "alerts.yaml")) {
            Set<String> asked = asked(name);
            assertThat(asked).as(name).hasSizeGreaterThan(5);
            await().untilAsserted(() -> assertThat(scraped()).as(name).containsAll(asked));
        }
    }

    @Test
    void anOwedOrderShowsAtTheArrowThatIsToBringIt() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        hub.confirm(order);
        await().untilAsserted(() -> assertThat(hub.get("/metrics", SharedHub.VIEWER).text())
                .containsPattern("hub_owed\\{arrow=\"payment-callback\"[^}]*} [1-9]"));
    }

    @Test
    void metricsAreTheViewersAndNobodyElses() {
        assertThat(hub.get("/metrics", SharedHub.VIEWER).header("Content-Type")).startsWith("text/plain;version=0.0.4");
        assertThat(hub.get("/metrics", SharedHub.SHOP).status()).isEqualTo(403);
        assertThat(hub.get("/metrics", "no-such-token").status()).isEqualTo(401);
    }

    /** Prometheus tells neither wrong spelling nor an alert that nobody knows what to do about. */
    @Test
    void everyRuleSaysWhatIsWrongAndTheNextAct() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        read("alerts.yaml").findValue("rules").forEach(rules::add);
        assertThat(rules).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("annotations").path("next_act").asText()).isNotBlank();
            assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
        });
        assertThat(rules.stream().map(rule -> rule.path("alert").asText())).doesNotHaveDuplicates();
    }

    @Test
    void theTrendsBeginWithinHalfAMinute() {
        await().atMost(Duration.ofSeconds(35)).untilAsserted(() -> {
            tools.jackson.databind.JsonNode trends = hub.get("/api/trends", SharedHub.VIEWER).json();
            assertThat(trends.get("at").size()).isPositive();
            assertThat(trends.get("owed").get("push-order").size()).isEqualTo(trends.get("at").size());
        });
    }

    @Test
    void aHubWithoutTheDemoHasNoPanel() {
        for (String path : List.of("/demo", "/demo/panel.js", "/demo/state")) {
            assertThat(hub.get(path, SharedHub.DEPLOYER).status()).as(path).isEqualTo(404);
        }
    }
}
