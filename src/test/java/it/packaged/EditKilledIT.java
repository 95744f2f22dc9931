package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.ExternalServers;
import testbed.HeldUp;
import testbed.HubClient;
import testbed.Messages;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.Program;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** The production jar as a process, killed in the middle of an edit and right after one. */
@Tag("packaged")
class EditKilledIT {

    private static final String OLD = "lucky_order_to_barista_topic";

    private final NeighbourServer barista = new NeighbourServer();
    private final HubClient hub = new HubClient(Ports.free());
    private final Messages messages = new Messages(ExternalServers.broker().brokers());

    EditKilledIT() {
        barista.answers("/estimates", NeighbourAnswers::readyAt);
        barista.answers("/tickets/estimates", request -> NeighbourAnswers.noTickets());
    }

    @AfterEach
    void allLeave() {
        barista.close();
        messages.close();
    }

    @Test
    void aHubKilledInTheMiddleOfAnEditComesBackOnTheOldRoutesAndAfterItOnTheNewWhole() throws IOException {
        String database = ExternalServers.database().createDatabase("edit_killed");
        try (Program process = started(database)) {
            try (HeldUp held = new HeldUp(database, ExternalServers.database().user(), ExternalServers.database().password())) {
                CompletableFuture<HubClient.Reply> edit = CompletableFuture.supplyAsync(() -> apply("lucky_new_topic"));
                held.awaitWaiting(1);

                process.kill();

                assertThat(process.exitWithin(Duration.ofSeconds(30))).isEqualTo(137);
                assertThat(catchThrowable(edit::join)).as("nobody was told that it is in force").isNotNull();
            }
        }
        try (Program process = started(database)) {
            runsWhole(0, OLD, "timeout: 800ms");

            assertThat(apply("lucky_new_topic").status()).isEqualTo(200);
            process.kill();
            assertThat(process.exitWithin(Duration.ofSeconds(30))).isEqualTo(137);
        }
        try (Program process = started(database)) {
            assertThat(process.isAlive()).isTrue();
            JsonNode routes = hub.get("/api/routes", SharedHub.OPERATOR).json();
            runsWhole(routes.get("revision").asLong(), "lucky_new_topic", "timeout: 900ms");
            assertThat(routes.get("revision").asLong()).isPositive();
        }
    }

    /** By what it says, and by what it does. */
    private void runsWhole(long revision, String topic, String timeout) {
        JsonNode routes = hub.get("/api/routes", SharedHub.OPERATOR).json();
        assertThat(routes.get("revision").asLong()).isEqualTo(revision);
        assertThat(routes.get("trouble").isNull()).isTrue();
        assertThat(routes.get("routes")).hasSizeGreaterThan(20)
                .allMatch(route -> route.get("state").asString().equals("RUNNING"));
        assertThat(hub.get("/api/routes/files", SharedHub.OPERATOR).json().at("/files/0/text").asString())
                .contains("uri: kafka:" + topic + "\n", timeout);
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        assertThat(hub.pay(order).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                assertThat(messages.on(topic, order.orderId())).hasSize(1));
    }

    /** Of two routes, so that there is a half to come back with. */
    private HubClient.Reply apply(String topic) {
        try {
            String text = Files.readString(Path.of("src", "main", "resources", "routes.yaml"))
                    .replace("kafka:" + OLD, "kafka:" + topic).replace("timeout: 800ms", "timeout: 900ms");
            return hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("files",
                    List.of(Map.of("name", "routes.yaml", "text", text)), "reason", "a test")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program started(String database) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("server.port", hub.url().replaceAll(".*:", ""));
        options.put("management.server.port", String.valueOf(Ports.free()));
        options.put("hub.kafka.brokers", ExternalServers.broker().brokers());
        options.put("spring.datasource.url", database);
        options.put("spring.datasource.username", ExternalServers.database().user());
        options.put("barista.url", barista.url());
        Map<String, String> secrets = Map.of("SPRING_DATASOURCE_PASSWORD", ExternalServers.database().password(),
                "HUB_TOKEN", SharedHub.OPERATOR, "HUB_DEPLOYER_TOKEN", SharedHub.DEPLOYER, "HUB_SHOP_TOKEN", SharedHub.SHOP,
                "HUB_CALLBACK_KEYS", String.join(",", SharedHub.KEYS));
        Program process = Program.jar("lucky-hub.jar", secrets, options.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue()).toArray(String[]::new));
        process.awaitReady(hub);
        return process;
    }
}
