package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import contract.Kind;
import edits.rules.EditedRoutes;
import edits.rules.RouteFile;
import edits.rules.RouteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import routes.http.EntryGate;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** Ops edit the routes of a hub that runs, and can't break it. */
class EditsIT extends OpsFixture {

    @Test
    void anEditIsInForceAndEveryOtherRouteIsTheOneThatRanBefore() {
        Map<String, Route> before = routes(alone.hub);

        assertThat(apply(EditedRoutes.shipped().replacing(TOPIC, "lucky_orders_elsewhere_topic")).status()).isEqualTo(200);

        Map<String, Route> after = routes(alone.hub);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.keySet()).filteredOn(id -> after.get(id) != before.get(id)).containsExactly("push-order");
        OrderLife life = OrderLife.paid(hub, alone.messages, Kind.PICKUP);
        await().untilAsserted(() -> assertThat(alone.messages.on("lucky_orders_elsewhere_topic", life.id())).hasSize(1));
        assertThat(alone.messages.on(TOPIC, life.id())).isEmpty();
    }

    @Test
    void aRevisionTellsWhoDidWhatAndWhyAndCanBeGoneBackTo() {
        long first = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));
        long second = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 1s"));

        JsonNode whole = hub.get("/api/routes/revisions/" + second, SharedHub.VIEWER).json();
        assertThat(whole.at("/revision/author").asString()).isEqualTo("deployer");
        assertThat(whole.at("/revision/reason").asString()).isEqualTo("a test");
        assertThat(whole.at("/revision/base").asLong()).isEqualTo(first);
        assertThat(whole.at("/revision/words/0").asString())
                .isEqualTo("`confirm-barista-eta` will wait 1s instead of 900ms for an answer");
        assertThat(whole.at("/files/0/text").asString()).contains("timeout: 1s");
        assertThat(files("" + first)).contains("timeout: 900ms");
        assertThat(files("0")).isEqualTo(Proposal.shipped().get(0).text());
        assertThat(hub.get("/api/routes/files?revision=999999", SharedHub.VIEWER).status()).isEqualTo(404);
        assertThat(hub.get("/api/routes/files?revision=newest", SharedHub.VIEWER).status()).isEqualTo(400);

        assertThat(act("/api/routes/revisions/" + first + "/rollback").status()).isEqualTo(200);
        assertThat(hub.get("/api/routes/files", SharedHub.VIEWER).json().at("/files/0/text").asString()).contains("timeout: 900ms");
        assertThat(hub.get("/api/routes/revisions", SharedHub.VIEWER).json().at("/revisions/0/act").asString()).isEqualTo("rollback");
        assertThat(act("/api/routes/revisions/999999/rollback").status()).isEqualTo(404);
        assertThat(hub.get("/api/audit?act=rollback", SharedHub.OPERATOR).json().at("/lines/0/who").asString()).isEqualTo("deployer");
    }

    @Test
    void aFileIsAddedBesideTheOthersAndTakenOut() {
        HubClient.Reply added = apply("store-7.yaml", EditedRoutes.ADDED);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(states(hub)).containsEntry("push-order-store-7", "RUNNING").containsEntry("push-order", "RUNNING");

        assertThat(hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("remove", List.of("store-7.yaml"),
                "reason", "a test"))).status()).isEqualTo(200);
        assertThat(states(hub)).doesNotContainKey("push-order-store-7").containsEntry("push-order", "RUNNING");
        assertThat(routes(alone.hub)).doesNotContainKey("push-order-store-7");
    }

    @Test
    void theOtherHubsFollowAndANewOneStartsWithWhatIsInForce() {
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2"))) {
            HubClient second = SharedHub.shared().client(other);
            Map<String, Route> before = routes(other);
            long revision = applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));

            await().untilAsserted(() -> assertThat(revision(second)).isEqualTo(revision));
            Map<String, Route> after = routes(other);
            assertThat(after.keySet()).filteredOn(id -> after.get(id) != before.get(id)).containsExactly("confirm-barista-eta");
            assertThat(act("/api/routes/pull-made/pause").status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(states(second)).containsEntry("pull-made", "PAUSED"));
            await().untilAsserted(() -> assertThat(running(hub).get("hubs")).hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(each -> each.get("revision").asLong() == revision));
            try (ConfigurableApplicationContext fresh = alone.startHub(Map.of("camel.main.name", "edits-3"))) {
                HubClient third = SharedHub.shared().client(fresh);
                assertThat(revision(third)).isEqualTo(revision);
                assertThat(states(third)).containsEntry("pull-made", "PAUSED").containsEntry("push-order", "RUNNING");
            }
        }
    }

    @Test
    void aHubThatCantTakeItSaysSoAndGoesOn() {
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-2",
                "hub.routes.hosts", "points.example"))) {
            HubClient second = SharedHub.shared().client(other);
            applied(EditedRoutes.shipped().replacingIn("confirm-barista-eta", "{{barista.url}}", "http://127.0.0.1:8083"));

            await().untilAsserted(() -> assertThat(running(second).get("trouble").asString()).contains("is not allowed"));
            assertThat(revision(second)).isZero();
            assertThat(states(second)).doesNotContainValue("PAUSED").hasSameSizeAs(states(hub));
            assertThat(second.get("/readyz", null).status()).isEqualTo(200);
            assertThat(other.getBean(RevisionTasks.class).health().getStatus().getCode()).isEqualTo("DOWN");
            assertThat(apply(second, EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 1s")).status()).isEqualTo(409);

            assertThat(act("/api/routes/revisions/0/rollback").status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(running(second).get("trouble").isNull()).isTrue());
        }
    }

    @Test
    void aFolderIsAppliedAsItChangesAndABadStateOfItChangesNothing(@TempDir Path folder) throws IOException {
        ConfigMapFolder.swap(folder, "one", Proposal.shipped().get(0).text().replace("timeout: 800ms", "timeout: 850ms"));
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-4",
                "hub.routes.folder", folder.toString()))) {
            await().untilAsserted(() -> assertThat(shown(hub)).contains("timeout: 850ms"));
            assertThat(hub.get("/api/routes/revisions", SharedHub.VIEWER).json().at("/revisions/0/author").asString())
                    .isEqualTo("folder");
            long revision = revision(hub);

            ConfigMapFolder.swap(folder, "two", "- route:\n\tid: broken\n");
            RevisionTasks health = other.getBean(RevisionTasks.class);
            await().untilAsserted(() -> assertThat(String.valueOf(health.health().getDetails().get("trouble")))
                    .contains("a tab stands here"));
            assertThat(revision(SharedHub.shared().client(other))).isEqualTo(revision);

            ConfigMapFolder.swap(folder, "three", Proposal.shipped().get(0).text().replace("timeout: 800ms", "timeout: 870ms"));
            await().untilAsserted(() -> assertThat(shown(hub)).contains("timeout: 870ms"));
            assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        }
    }

    @Test
    void noFileEndsTheFollowing(@TempDir Path folder) throws IOException {
        String shipped = Proposal.shipped().get(0).text();
        try (ConfigurableApplicationContext other = alone.startHub(Map.of("camel.main.name", "edits-4",
                "hub.routes.folder", folder.toString()))) {
            RevisionTasks health = other.getBean(RevisionTasks.class);
            Files.writeString(folder.resolve("routes.yml"), shipped.replace("{{barista.url}}/estimates", "{{barista.url}}"
                    + "/a".repeat(40_000)));
            await().untilAsserted(() -> assertThat(String.valueOf(health.health().getDetails().get("trouble")))
                    .contains("more than 400 characters"));
            assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
            applied(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 880ms"));
            await().untilAsserted(() -> assertThat(shown(SharedHub.shared().client(other))).contains("timeout: 880ms"));
            assertThat(running(hub).get("hubs")).hasSizeGreaterThan(1);

            Files.writeString(folder.resolve("routes.yaml"), shipped);
            await().untilAsserted(() -> assertThat(String.valueOf(health.health().getDetails().get("trouble")))
                    .contains("routes.yml and routes.yaml have the same name"));
            Files.delete(folder.resolve("routes.yaml"));
            Files.writeString(folder.resolve("routes.yml"), shipped.replace("timeout: 800ms", "timeout: 860ms"));
            await().untilAsserted(() -> assertThat(shown(hub)).contains("timeout: 860ms"));
            assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        }
    }

    /** Each takes seconds of a processor. */
    @Test
    void oneCheckAtATimeIsMadeForEachRole() {
        String many = IntStream.range(0, 60).mapToObj(i -> EditedRoutes.ADDED.replace("push-order-store-7",
                "push-" + i + "-x")).collect(Collectors.joining());
        byte[] edit = edit(new RouteFile("many.yaml", many));
        List<CompletableFuture<HubClient.Reply>> checks = IntStream.range(0, 6).mapToObj(i ->
                CompletableFuture.supplyAsync(() -> hub.post("/api/routes/check", SharedHub.VIEWER, edit), task ->
                        new Thread(task).start()))
                .toList();
        HubClient.Reply operators = hub.post("/api/routes/check", SharedHub.OPERATOR, edit);

        assertThat(operators.status()).as("who is not kept waiting by viewers").isEqualTo(200);
        List<HubClient.Reply> replies = checks.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(HubClient.Reply::status).contains(200, 429).containsOnly(200, 429);
        assertThat(replies).filteredOn(reply -> reply.status() == 429).allSatisfy(reply -> {
            assertThat(reply.json().get("type").asString()).endsWith("check-underway");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        });
        assertThat(hub.post("/api/routes/check", SharedHub.VIEWER, edit).status()).isEqualTo(200);
    }

    @Test
    void aBadEditChangesNothingThatRuns() {
        Map<String, Route> before = routes(alone.hub);
        String text = Proposal.shipped().get(0).text();
        List<EditedRoutes> bad = List.of(
                EditedRoutes.shipped().text(text.substring(0, text.length() / 2)), EditedRoutes.shipped().text(""),
                EditedRoutes.shipped().replacing("    id: push-order\n", "\tid: push-order\n"),
                EditedRoutes.shipped().replacing("ref: orderPaid", "ref: orderPayed"),
                EditedRoutes.shipped().replacing("kafka:lucky_made_topic", "exec:rm"),
                EditedRoutes.shipped().replacing("- process:", "- proces:"), EditedRoutes.shipped().replacing("retries: 1", "retry: 1"),
                EditedRoutes.shipped().replacing("{{pull.unaccepted.every}}", "{{pull.unaccepted.evry}}"),
                EditedRoutes.shipped().replacing("    id: made\n", "    id: making-started\n"),
                EditedRoutes.shipped().replacing("    id: pull-unaccepted\n", "    id: pull-no-longer\n"),
                EditedRoutes.shipped().replacingIn("payment-callback", "        - process:\n            ref: genuineCallback\n", ""),
                EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "1ms"),
                EditedRoutes.shipped().replacingIn("push-order", "      steps:\n",
                        "      steps:\n        - wireTap:\n            uri: kafka:lucky_tap_topic\n"),
                EditedRoutes.shipped().text("a: &a [x,x]\nb: [*a,*a]\n"));

        bad.forEach(edit -> assertThat(apply(edit).status()).as(edit.findings().toString()).isEqualTo(422));

        assertThat(apply("x.yaml", EditedRoutes.ADDED.replace("push-order-store-7", "order")).json().get("detail").asString())
                .contains("the hub itself has routes [order]");
        assertThat(apply("big.yaml", "x".repeat(10_000_000)).status()).isEqualTo(413);
        assertThat(routes(alone.hub)).isEqualTo(before);
        assertThat(revision(hub)).isZero();
        assertThat(hub.post("/api/routes/apply", SharedHub.OPERATOR, edit(EditedRoutes.shipped().replacing("800ms", "1s").files().get(0)))
                .status()).isEqualTo(403);
    }

    @Test
    void aRouteThatCantStartBringsBackWhatRanBeforeAllOfIt() throws Exception {
        Deployment deployment = new Deployment(alone.hub.getBean(CamelContext.class), alone.hub.getBean(routes.figures.RouteOrder.class),
                new EntryGate());
        deployment.started(RouteSource.all(Proposal.shipped()));
        List<RouteSource> edited = RouteSource.all(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms")
                .replacing("uri: kafka:" + TOPIC, "uri: kafka:" + TOPIC
                        + "\n            parameters:\n              brokers: nowhere.invalid:9092").files());

        assertThat(thrown(() -> deployment.exchange(edited, java.util.Set.of()))).hasMessageContaining("push-order did not start");

        assertThat(routes(alone.hub)).hasSize(RouteSource.all(Proposal.shipped()).size());
        assertThat(states(hub)).doesNotContainValue("PAUSED");
        OrderLife life = OrderLife.paid(hub, alone.messages, Kind.PICKUP);
        await().untilAsserted(() -> assertThat(alone.messages.on(TOPIC, life.id())).hasSize(1));
    }

    @Test
    void aBrokerThatIsNotThereIsNoticedAndMeanwhileNobodyElseEdits() {
        EditedRoutes nowhere = EditedRoutes.shipped().replacing("uri: kafka:" + TOPIC, "uri: kafka:" + TOPIC
                + "\n            parameters:\n              brokers: 127.0.0.1:1");
        // Whichever comes first waits for the broker, for much longer than the other takes to come.
        Executor ownThread = work -> new Thread(work).start();
        CompletableFuture<HubClient.Reply> one = CompletableFuture.supplyAsync(() -> apply(nowhere), ownThread);
        CompletableFuture<HubClient.Reply> other = CompletableFuture.supplyAsync(() -> apply(nowhere), ownThread);

        assertThat(List.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(409, 422);
        HubClient.Reply tried = one.join().status() == 422 ? one.join() : other.join();
        assertThat(tried.json().get("detail").asString()).contains("no broker answers at 127.0.0.1:1");
        assertThat(hub.get("/api/routes/revisions", SharedHub.VIEWER).json().at("/revisions/0/applied").asBoolean()).isFalse();
        assertThat(revision(hub)).isZero();
    }

    @Test
    void withoutItsDatabaseNothingIsApplied() {
        Map<String, Route> before = routes(alone.hub);
        alone.database.cut();
        HubClient.Reply reply = apply(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 900ms"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(routes(alone.hub)).isEqualTo(before);
        alone.database.pass();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(apply(EditedRoutes.shipped()
                .replacing("timeout: 800ms", "timeout: 900ms")).status()).isEqualTo(200));
    }

    @Test
    void aPausedPushLosesNothingItsPullDelivers() {
        assertThat(act("/api/routes/push-order/pause").status()).isEqualTo(200);
        assertThat(states(hub)).containsEntry("push-order", "PAUSED");
        OrderLife life = OrderLife.paid(hub, alone.messages, Kind.PICKUP);

        life.awaitMake("RECEIVED");
        assertThat(alone.barista.wasAsked("/orders", life.id())).isTrue();
        assertThat(alone.messages.on(TOPIC, life.id())).isEmpty();

        assertThat(apply(EditedRoutes.shipped().replacing(TOPIC, "lucky_orders_elsewhere_topic")).status()).isEqualTo(200);
        assertThat(states(hub)).as("an edited route rests on").containsEntry("push-order", "PAUSED");
        assertThat(act("/api/routes/push-order/resume").status()).isEqualTo(200);
        OrderLife next = OrderLife.paid(hub, alone.messages, Kind.PICKUP);
        await().untilAsserted(() -> assertThat(alone.messages.on("lucky_orders_elsewhere_topic", next.id())).hasSize(1));
        assertThat(act("/api/routes/confirm-barista-eta/pause").status()).isEqualTo(409);
        assertThat(act("/api/routes/nothing/pause").status()).isEqualTo(404);
    }

    @Test
    void underLoadNothingIsLostOrDoubledWhileRoutesAreExchanged() {
        CompletableFuture<List<OrderLife>> load = CompletableFuture.supplyAsync(() -> {
            List<OrderLife> lives = new ArrayList<>();
            IntStream.range(0, 150).forEach(i -> lives.add(OrderLife.paid(hub, alone.messages, Kind.PICKUP).made()));
            return lives;
        });
        int edits = 0;
        while (!load.isDone()) {
            String topic = edits++ % 2 == 0 ? "lucky_a_topic" : "lucky_b_topic";
            HubClient.Reply reply = apply(EditedRoutes.shipped().replacing(TOPIC, topic)
                    .replacingIn("payment-callback", "uri: ledger:paid", "uri: ledger:paid\n            parameters:\n              batch: "
                            + (100 + edits)));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        }

        List<OrderLife> lives = load.join();
        assertThat(edits).isGreaterThan(2);
        lives.forEach(life -> life.awaitSettled("MADE"));
        for (OrderLife life : lives) {
            await().untilAsserted(() -> assertThat(IntStream.range(0, 3).map(i -> alone.messages
                    .on(List.of(TOPIC, "lucky_a_topic", "lucky_b_topic").get(i), life.id()).size()).sum()).isEqualTo(1));
        }
    }

    private String files(String revision) {
        return hub.get("/api/routes/files?revision=" + revision, SharedHub.VIEWER).json().at("/files/0/text").asString();
    }

    private static Exception thrown(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        return org.assertj.core.api.Assertions.catchException(act);
    }
}
