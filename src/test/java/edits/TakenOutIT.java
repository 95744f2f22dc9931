package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import contract.Kind;
import contract.SettledApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.GuaranteedArrows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;

/** What becomes of what is owed over a guaranteed arrow, once the routes have it no more. */
class TakenOutIT extends OpsFixture {

    private static final String POINTS = """
            - route:
                id: points
                group: execute
                description: 订单→会员 累计积分 (settled; give points, once)
                from:
                  uri: guaranteed:settled
                  parameters: {every: 1s, age: 1s, backoff: 500ms, backoffMost: 1s}
                  steps:
                    - process: {ref: settledOrders}
                    - to: {uri: 'call:{{barista.url}}/points', parameters: {timeout: 1s, retries: 0}}
                    - to: {uri: ledger:acknowledged}
            """;

    @BeforeEach
    void nobodyTakesPoints() {
        alone.barista.answers("/points", request -> null);
    }

    @AfterEach
    void nothingIsOwed() {
        alone.jdbc().sql("DELETE FROM owed").update();
        alone.jdbc().sql("DELETE FROM guaranteed_arrow").update();
    }

    @Test
    void whoeverTakesOutWhatIsOwedIsAsked() {
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        OrderLife life = settled();
        assertThat(owed()).containsExactly(life.id());

        HubClient.Reply refused = remove(null);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("type").asString()).endsWith("still-owed");
        assertThat(refused.json().get("detail").asString()).contains("1 order is owed over points", "owed: keep",
                "owed: drop");
        assertThat(states(hub)).containsEntry("points", "RUNNING");
        assertThat(rollback(0, null).status()).isEqualTo(409);
        assertThat(remove("maybe").status()).isEqualTo(400);
        HubClient.Reply looked = hub.post("/api/routes/check", SharedHub.VIEWER, Json.write(Map.of("remove",
                List.of("points.yaml"))));
        assertThat(looked.json().get("passed").asBoolean()).isTrue();
        assertThat(looked.json().get("findings").valueStream()).singleElement().satisfies(note -> {
            assertThat(note.get("severity").asString()).isEqualTo("NOTE");
            assertThat(note.get("problem").asString()).contains("1 order is owed over points");
        });
        assertThat(remove("drop").status()).isEqualTo(200);
    }

    @Test
    void whatIsKeptIsHandedOverWhenTheArrowIsThereAgainAndNothingIsOwedMeanwhile() {
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        long with = revision(hub);
        OrderLife before = settled();
        assertThat(act("/api/routes/points/pause").status()).isEqualTo(200);
        OrderLife whilePaused = settled();
        assertThat(owed()).as("a paused arrow owes on").containsExactlyInAnyOrder(before.id(), whilePaused.id());

        assertThat(remove("keep").status()).isEqualTo(200);
        OrderLife meanwhile = settled();

        assertThat(owed()).containsExactlyInAnyOrder(before.id(), whilePaused.id());
        await().untilAsserted(() -> assertThat(String.valueOf(alone.hub.getBean(RevisionTasks.class).health().getDetails()
                .get("stillOwed"))).contains("[points]"));
        assertThat(hub.get("/api/audit?act=remove", SharedHub.OPERATOR).json().at("/lines/0/detail").asString())
                .contains("what is owed over [points] is kept");

        alone.barista.answers("/points", TakenOutIT::acknowledged);
        assertThat(rollback(with, null).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(owed()).isEmpty());
        before.awaitStep("points", "APPLIED");
        whilePaused.awaitStep("points", "APPLIED");
        OrderLife after = settled().awaitStep("points", "APPLIED");
        assertThat(alone.barista.wasAsked("/points", meanwhile.id())).as("settled while the routes had no such arrow")
                .isFalse();
        assertThat(alone.barista.wasAsked("/points", after.id())).isTrue();
        assertThat(alone.hub.getBean(RevisionTasks.class).health().getDetails()).doesNotContainKey("stillOwed");
    }

    @Test
    void whatIsDroppedIsOwedNoMoreAndTheArrowBeginsAnew() {
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        OrderLife before = settled();

        assertThat(remove("drop").status()).isEqualTo(200);

        assertThat(owed()).isEmpty();
        settled();
        assertThat(owed()).isEmpty();
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        OrderLife after = settled();
        assertThat(owed()).containsExactly(after.id()).doesNotContain(before.id());
        assertThat(rollback(0, "drop").status()).isEqualTo(200);
        assertThat(owed()).isEmpty();
    }

    @Test
    void anArrowThatAnotherReleaseTookOutIsEndedAndOneThatItAddedBeginsAgain() {
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        long with = revision(hub);
        OrderLife before = settled();
        assertThat(remove("keep").status()).isEqualTo(200);
        // As a hub that knows nothing of it leaves the row, or one that started late with the revision before.
        alone.jdbc().sql("UPDATE guaranteed_arrow SET ended = NULL WHERE id = 'points'").update();

        await().untilAsserted(() -> assertThat(alone.jdbc()
                .sql("SELECT ended IS NOT NULL FROM guaranteed_arrow WHERE id = 'points'")
                .query(Boolean.class).single()).isTrue());
        settled();
        assertThat(owed()).containsExactly(before.id());

        RevisionRows rows = alone.hub.getBean(RevisionRows.class);
        await().until(() -> rows.putInForce(rows.inForce().version(), with, List.of()));
        await().untilAsserted(() -> assertThat(alone.jdbc()
                .sql("SELECT ended IS NULL FROM guaranteed_arrow WHERE id = 'points'")
                .query(Boolean.class).single()).isTrue());
        OrderLife after = settled();
        assertThat(owed()).containsExactlyInAnyOrder(before.id(), after.id());
        assertThat(remove("drop").status()).isEqualTo(200);
    }

    @Test
    void whatAnEditBeganThatCameToNothingIsNotOwed() {
        // As the start of the arrow does, before another route of the same edit fails.
        alone.jdbc().sql("INSERT INTO guaranteed_arrow (id, change, age) VALUES ('points', 'SETTLED', '1 second')").update();
        new GuaranteedArrows(alone.jdbc()).withdraw(alone.hub.getBean(RevisionRows.class).inForce().version(),
                Set.of("points"));

        settled();
        assertThat(owed()).isEmpty();
        assertThat(apply("points.yaml", POINTS).status()).isEqualTo(200);
        assertThat(settled().id()).isEqualTo(owed().get(0));
        assertThat(remove("drop").status()).isEqualTo(200);
    }

    @Test
    void aFolderKeepsWhatItTakesOut(@TempDir Path folder) throws IOException {
        Path points = Files.writeString(folder.resolve("points.yml"), POINTS);
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2",
                "hub.routes.folder", folder.toString()))) {
            await().untilAsserted(() -> assertThat(states(hub)).containsEntry("points", "RUNNING"));
            OrderLife life = settled();

            Files.delete(points);

            await().untilAsserted(() -> assertThat(states(hub)).doesNotContainKey("points"));
            settled();
            assertThat(owed()).containsExactly(life.id());
            await().untilAsserted(() -> assertThat(other.getBean(RevisionTasks.class).health().getDetails())
                    .containsKey("stillOwed"));
        }
    }

    private OrderLife settled() {
        return OrderLife.paid(hub, alone.messages, Kind.PICKUP).started().made().awaitSettled("MADE");
    }

    private static List<String> owed() {
        return alone.jdbc().sql("SELECT order_id FROM owed WHERE arrow = 'points'").query(String.class).list();
    }

    private HubClient.Reply remove(String owed) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(with(owed, "remove", List.of("points.yaml"))));
    }

    private HubClient.Reply rollback(long revision, String owed) {
        return hub.post("/api/routes/revisions/" + revision + "/rollback", SharedHub.DEPLOYER, Json.write(with(owed, "reason",
                "a test")));
    }

    private static Map<String, Object> with(String owed, String name, Object value) {
        Map<String, Object> body = new HashMap<>(Map.of("reason", "a test"));
        body.put(name, value);
        body.put("owed", owed);
        return body;
    }

    private static byte[] acknowledged(byte[] request) {
        return Json.write(new SettledApi.Acknowledgement(Json.read(request, SettledApi.SettledRequest.class).orders()
                .stream()
                .map(SettledApi.SettledOrder::orderId).toList()));
    }
}
