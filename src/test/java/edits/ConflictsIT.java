package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import contract.Kind;
import edits.rules.EditedRoutes;
import edits.rules.RouteFile;
import edits.rules.RouteSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import routes.http.EntryGate;
import testbed.HeldUp;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;

/** Edits that meet others, or a database that goes; and whose they are. */
class ConflictsIT extends OpsFixture {

    @Test
    void theDatabaseGoneInTheMiddleOfAnEditLeavesTheOldRoutes() {
        HubClient.Reply reply;
        try (HeldUp held = heldUp()) {
            CompletableFuture<HubClient.Reply> edit = CompletableFuture.supplyAsync(() -> apply(EditedRoutes.shipped()
                    .replacing(TOPIC, "lucky_orders_elsewhere_topic").replacing("timeout: 800ms", "timeout: 900ms")));
            held.awaitWaiting(1);
            alone.database.cut();
            reply = edit.join();
        }
        assertThat(reply.status()).isEqualTo(503);
        alone.database.pass();

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            assertThat(revision(hub)).isEqualTo(alone.jdbc().sql("SELECT revision FROM routes_in_force").query(Long.class)
                    .single()).isZero();
            assertThat(running(hub).get("trouble").isNull()).isTrue();
        });
        assertThat(shown(hub)).contains("timeout: 800ms", TOPIC);
        OrderLife life = OrderLife.paid(hub, alone.messages, Kind.PICKUP);
        await().untilAsserted(() -> assertThat(alone.messages.on(TOPIC, life.id())).hasSize(1));
    }

    @Test
    void ofTwoHubsEditsAtOnceOneIsInForceOnBothAndTheOtherIsToldSo() {
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            List<HubClient.Reply> replies;
            try (HeldUp held = heldUp()) {
                List<CompletableFuture<HubClient.Reply>> edits = Stream.of(hub, second).map(each ->
                        CompletableFuture.supplyAsync(() -> apply(each, EditedRoutes.shipped().replacing("timeout: 800ms",
                                each == hub ? "timeout: 910ms" : "timeout: 920ms")))).toList();
                held.awaitWaiting(2);
                held.letGo();
                replies = edits.stream().map(CompletableFuture::join).toList();
            }
            assertThat(replies).extracting(HubClient.Reply::status).containsExactlyInAnyOrder(200, 409);
            String won = replies.get(0).status() == 200 ? "timeout: 910ms" : "timeout: 920ms";
            await().untilAsserted(() -> {
                assertThat(shown(hub)).contains(won);
                assertThat(shown(second)).contains(won);
                assertThat(revision(hub)).isEqualTo(revision(second)).isPositive();
            });
        }
    }

    @Test
    void anEditOfWhatIsNoLongerInForceChangesNothingAndIsToldSo() {
        long theirs = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));
        HubClient.Reply refused = madeFrom(0);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("type").asString()).contains("edited-meanwhile");
        assertThat(refused.json().get("detail").asString()).contains("revision " + theirs + " is in force");
        assertThat(shown(hub)).contains("timeout: 900ms");
        assertThat(madeFrom(theirs).status()).isEqualTo(200);
        assertThat(shown(hub)).contains("timeout: 950ms");
    }

    private HubClient.Reply madeFrom(long base) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("base", base, "reason", "a test", "files",
                EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 950ms").files())));
    }

    @Test
    void anArrowThatCantStartLeavesNothingBehind() {
        Deployment deployment = new Deployment(alone.hub.getBean(CamelContext.class),
                alone.hub.getBean(routes.figures.RouteOrder.class), new EntryGate());
        List<RouteSource> shipped = RouteSource.all(Proposal.shipped());
        deployment.started(shipped);
        List<RouteSource> edited = RouteSource.all(EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED.replace(
                "uri: kafka:lucky_store_7_topic", "uri: kafka:lucky_store_7_topic\n            parameters:\n"
                        + "              brokers: nowhere.invalid:9092")).files());

        assertThat(org.assertj.core.api.Assertions.catchException(() -> deployment.exchange(edited, java.util.Set.of())))
                .hasMessageContaining("push-order-store-7 did not start");

        assertThat(((ModelCamelContext) alone.hub.getBean(CamelContext.class)).getRouteDefinition("push-order-store-7")).isNull();
        assertThat(deployment.running()).isEqualTo(shipped);
    }

    @Test
    void anEditedEntryHandlesAnOutageAsTheShippedOneDoes() {
        applied(EditedRoutes.shipped().replacingIn("payment-callback", "uri: ledger:paid",
                "uri: ledger:paid\n            parameters:\n              batch: 100"));
        OrderLife life = OrderLife.confirmed(hub, alone.messages, Kind.PICKUP);
        alone.database.cut();

        HubClient.Reply reply = hub.pay(life.order());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().get("type").asString()).contains("ledger-unavailable");
    }

    @Test
    void aPauseUnderLoadDoesntWaitForWhatKeepsComing() {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!stop.isDone()) {
                OrderLife.paid(hub, alone.messages, Kind.PICKUP);
            }
        });
        long begun = System.nanoTime();
        assertThat(act("/api/routes/make-eta/pause").status()).isEqualTo(200);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        stop.complete(null);
        load.join();

        assertThat(took).as("it collects orders for half a second, and there are always some").isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void anOperatorTunesAndNoMore() {
        byte[] tuned = edit(EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "2s").files().get(0));
        byte[] moved = edit(EditedRoutes.shipped().replacing(TOPIC, "lucky_orders_elsewhere_topic").files().get(0));

        assertThat(hub.post("/api/routes/tune", SharedHub.VIEWER, tuned).status()).isEqualTo(403);
        assertThat(hub.post("/api/routes/apply", SharedHub.OPERATOR, tuned).status()).isEqualTo(403);
        assertThat(hub.post("/api/routes/tune", SharedHub.OPERATOR, tuned).status()).isEqualTo(200);
        assertThat(shown(hub)).contains("every: 2s");
        HubClient.Reply refused = hub.post("/api/routes/tune", SharedHub.OPERATOR, moved);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asString()).contains("push-order", "have a deployer apply it");
        assertThat(shown(hub)).contains(TOPIC);
    }

    @Test
    void everyEditIsInTheAuditRefusedOnesToo() {
        // Persons of their own, as a refusal that comes again within a minute has no line of its own.
        String operator = SharedHub.shared().issuer().token("operator-" + UUID.randomUUID(), "operator");
        String deployer = SharedHub.shared().issuer().token("deployer-" + UUID.randomUUID(), "deployer");
        hub.post("/api/routes/apply", operator, edit(EditedRoutes.shipped().files().get(0)));
        assertThat(last("apply")).contains("operator-", "refused: not allowed to operator");
        hub.post("/api/routes/apply", deployer,
                edit(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 800").files().get(0)));
        assertThat(last("apply")).contains("deployer-", "refused: ", "timeout can't be '800'");
        long number = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));
        assertThat(last("apply")).contains("deployer", "revision " + number + ": a test");
        hub.post("/api/routes/no-such-route/pause", operator, Json.write(Map.of("reason", "a test")));
        assertThat(last("pause")).contains("operator", "refused: ", "no route file has a route no-such-route");
        hub.post("/api/routes/pull-made/pause", SharedHub.OPERATOR, Json.write(Map.of("reason", "cleaning")));
        assertThat(last("pause")).contains("operator", "routes/pull-made", "cleaning");
        act("/api/routes/revisions/0/rollback");
        assertThat(last("rollback")).contains("deployer", "revision 0: a test");
    }

    /** Names that someone gave twice would otherwise hide one of the two. */
    @Test
    void twoFilesOfOneNameAreRefused() {
        RouteFile file = Proposal.shipped().get(0);
        assertThat(hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("files", List.of(file, file), "reason",
                "a test"))).status()).isEqualTo(400);
    }

    private String last(String act) {
        return hub.get("/api/audit?act=" + act, SharedHub.OPERATOR).json().at("/lines/0").toString();
    }

    private static HeldUp heldUp() {
        String url = alone.hub.getEnvironment().getRequiredProperty("spring.datasource.url").replace(
                ":" + alone.database.port() + "/", ":" + SharedHub.shared().database().port() + "/");
        return new HeldUp(url, SharedHub.shared().database().user(), SharedHub.shared().database().password());
    }
}
