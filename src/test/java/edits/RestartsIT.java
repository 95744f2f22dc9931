package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import edits.rules.EditedRoutes;
import edits.rules.RouteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;

/** What hubs do that start while something is in force. */
class RestartsIT extends OpsFixture {

    @Test
    void aRevisionThatCantBeStartedLeavesAHubWithTheLastOneThatCould() {
        long good = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));
        // It passes the check, and Kafka's client refuses to start with it.
        long bad = inForce(EditedRoutes.shipped().replacing("uri: kafka:" + TOPIC, "uri: kafka:" + TOPIC
                + "\n            parameters:\n              brokers: nowhere.invalid:9092").files());
        await().untilAsserted(() -> assertThat(running(hub).get("trouble").asString()).contains("revision " + bad,
                "push-order did not start", "goes on with revision " + good));
        assertThat(states(hub)).as("a hub in trouble still does what operators ask").doesNotContainValue("PAUSED");
        assertThat(act("/api/routes/pull-made/pause").status()).isEqualTo(200);
        assertThat(states(hub)).containsEntry("pull-made", "PAUSED");

        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            assertThat(revision(second)).isEqualTo(good);
            assertThat(shown(second)).contains("timeout: 900ms");
            assertThat(states(second)).hasSameSizeAs(states(hub)).containsEntry("pull-made", "PAUSED")
                    .containsEntry("push-order", "RUNNING");
            assertThat(second.get("/readyz", null).status()).isEqualTo(200);
            assertThat(String.valueOf(other.getBean(RevisionTasks.class).health().getDetails().get("trouble"))).contains(
                    "revision " + bad + " is in force", "push-order did not start", "rollback " + good);
            OrderLife life = OrderLife.paid(second, alone.messages, Kind.PICKUP);
            await().untilAsserted(() -> assertThat(alone.messages.on(TOPIC, life.id())).hasSize(1));

            assertThat(act(second, "/api/routes/revisions/" + good + "/rollback").status()).isEqualTo(200);
            assertThat(running(second).get("trouble").isNull()).isTrue();
            await().untilAsserted(() -> assertThat(running(hub).get("trouble").isNull()).isTrue());
            assertThat(other.getBean(RevisionTasks.class).health().getStatus().getCode()).isEqualTo("UP");
        }
    }

    @Test
    void aRevisionThatDoesntPassTheCheckOfAHubKeepsItNotFromStarting() {
        long bad = inForce(List.of(new RouteFile("routes.yaml", "- route: {id: push-order}\n")));

        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            assertThat(running(second).get("trouble").asString()).contains("revision " + bad + " is in force", "no description");
            assertThat(states(second)).containsEntry("push-order", "RUNNING").hasSize(Proposal.shipped().get(0).text()
                    .split("\n- route:").length - 1);
        }
        assertThat(act("/api/routes/revisions/0/rollback").status()).isEqualTo(200);
    }

    /** As one that an older release has taken, or what is broken in the database. */
    @Test
    void aRevisionThatAHubChokesOnKeepsItNotFromStarting() {
        long good = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));
        long large = inForce(EditedRoutes.shipped().replacing("{{barista.url}}/estimates", "{{barista.url}}"
                + "/a".repeat(40_000)).files());
        awaitOneThatStartsWith(good, "revision " + large + " is in force", "more than 400 characters");

        alone.jdbc().sql("""
                UPDATE revision SET files = '[{"name": "no name", "text": ""}]' WHERE number = :number""")
                .param("number", large).update();
        awaitOneThatStartsWith(good, "revision " + large + " is in force", "it is none that this hub can read");
        assertThat(act("/api/routes/revisions/0/rollback").status()).isEqualTo(200);
    }

    private void awaitOneThatStartsWith(long revision, String... trouble) {
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            assertThat(revision(second)).isEqualTo(revision);
            assertThat(running(second).get("trouble").asString()).contains(trouble);
            assertThat(second.get("/readyz", null).status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(running(hub).get("hubs")).hasSizeGreaterThan(1));
        }
    }

    @Test
    void whatRestedRestsOnAndGathersNothing() {
        assertThat(act("/api/routes/push-order/pause").status()).isEqualTo(200);
        assertThat(act("/api/routes/cancel-order/pause").status()).isEqualTo(200);
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            assertThat(states(second)).containsEntry("push-order", "PAUSED").containsEntry("cancel-order", "PAUSED")
                    .containsEntry("made", "RUNNING");
            OrderLife life = OrderLife.paid(second, alone.messages, Kind.PICKUP);
            assertThat(second.cancel(life.id()).status()).as("a paused entry").isEqualTo(503);
            life.awaitMake("RECEIVED");

            assertThat(apply(second, EditedRoutes.shipped().replacing(TOPIC, "lucky_orders_elsewhere_topic")).status()).isEqualTo(200);
            assertThat(act(second, "/api/routes/push-order/resume").status()).isEqualTo(200);
            OrderLife next = OrderLife.paid(second, alone.messages, Kind.PICKUP);
            await().untilAsserted(() -> assertThat(alone.messages.on("lucky_orders_elsewhere_topic", next.id())).hasSize(1));
            assertThat(alone.messages.on("lucky_orders_elsewhere_topic", life.id())).as("its pull has delivered it").isEmpty();
        }
    }

    @Test
    void whatWasRolledBackStaysSoWhenAHubWithAFolderRestarts(@TempDir Path folder) throws IOException {
        ConfigMapFolder.swap(folder, "one", Proposal.shipped().get(0).text().replace("timeout: 800ms", "timeout: 850ms"));
        Map<String, String> watching = Map.of("camel.main.name", "edits-2", "hub.routes.folder", folder.toString());
        try (ConfigurableApplicationContext other = alone.startHub(watching)) {
            await().untilAsserted(() -> assertThat(shown(hub)).contains("timeout: 850ms"));
            assertThat(act("/api/routes/revisions/0/rollback").status()).isEqualTo(200);
            awaitLooks(other);
        }
        try (ConfigurableApplicationContext again = alone.startHub(watching)) {
            awaitLooks(again);
            assertThat(revision(hub)).isZero();
            ConfigMapFolder.swap(folder, "two", Proposal.shipped().get(0).text().replace("timeout: 800ms", "timeout: 860ms"));
            await().untilAsserted(() -> assertThat(shown(hub)).contains("timeout: 860ms"));

            ConfigMapFolder.swap(folder, "three", "- route:\n\tid: broken\n");
            await().untilAsserted(() -> assertThat(hub.get("/api/audit?who=folder", SharedHub.OPERATOR).json()
                    .at("/lines/0/detail").asString()).contains("refused: ", "a tab stands here"));
        }
    }

    /** It looks at the folder as often as it says what it runs, and takes a state that two looks have seen. */
    private static void awaitLooks(ConfigurableApplicationContext hub) {
        String name = String.valueOf(hub.getBean(RevisionTasks.class).health().getDetails().get("hub"));
        String since = alone.jdbc().sql("SELECT clock_timestamp()::text").query(String.class).single();
        await().until(() -> alone.jdbc().sql("SELECT count(*) FROM hub_routes WHERE hub = :hub AND seen_at > :since::timestamptz"
                + " + interval '1 second'").param("hub", name).param("since", since).query(Long.class).single() == 1);
    }

    /** Past the check. @return its number */
    private static long inForce(List<RouteFile> files) {
        RevisionRows rows = alone.hub.getBean(RevisionRows.class);
        InForce then = rows.inForce();
        long number = rows.insert(new Edit("apply", new Actor("a test", "local"), "a test", files, false, null),
                then.revision(), new EditReport(true, List.of(), List.of(), List.of()), true, "in force");
        assertThat(rows.putInForce(then.version(), number, List.copyOf(Set.copyOf(then.paused())))).isTrue();
        return number;
    }
}
