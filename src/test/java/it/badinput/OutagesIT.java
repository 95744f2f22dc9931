package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.assertProblem;

import contract.Kind;
import contract.OrderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import testbed.HubClient;
import testbed.InboundTopic;
import testbed.JdbcAside;
import testbed.KeptRows;
import testbed.SeparateHub;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** The database or the broker is away: whoever asks learns it soon, and nothing that was acknowledged is lost. */
class OutagesIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String END_SESSIONS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'outages'";
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static SeparateHub alone;

    private final HubClient hub = alone.client();
    private final KeptRows kept = new KeptRows(alone.jdbc());

    @BeforeAll
    static void start() {
        alone = new SeparateHub("outages");
    }

    @AfterAll
    static void end() {
        alone.close();
    }

    @AfterEach
    void allIsWellAgain() {
        alone.allIsWell();
        await().atMost(PATIENT).until(() -> hub.get("/api/flow", SharedHub.OPERATOR).status() == 200);
    }

    // ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void whileTheDatabaseIsAwayCallersAreToldSoonAndTheirRetrySucceeds() {
        OrderRequest order = confirmed(Kind.PICKUP);
        alone.database.cut();

        assertToldToComeBack(() -> hub.pay(order));
        assertToldToComeBack(() -> hub.confirm(HubClient.anOrder(Kind.PICKUP)));
        assertToldToComeBack(() -> hub.cancel(order.orderId()));
        assertToldToComeBack(() -> hub.get("/api/orders/" + order.orderId(), SharedHub.SHOP));
        assertToldToComeBack(() -> hub.get("/api/stores/s/orders?state=unaccepted", SharedHub.BARISTA));
        alone.database.pass();

        await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204);
        assertPaidOnceAndPushed(order);
    }

    @Test
    void whileTheDatabaseHangsCallersAreToldAndTheirRetrySucceeds() {
        OrderRequest order = confirmed(Kind.PICKUP);
        alone.database.hang();

        HubClient.Reply reply = hub.pay(order);
        assertProblem(reply, 503);
        alone.database.pass();

        await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204);
        assertPaidOnceAndPushed(order);
    }

    /** A balancer that took all hubs out would give callers no 503 to come back on. */
    @Test
    void whileTheDatabaseIsAwayOrHangsHealthSaysSoAndTheHubStaysReady() {
        HealthEndpoint health = alone.hub.getBean(HealthEndpoint.class);
        for (Runnable broken : List.<Runnable>of(alone.database::cut, alone.database::hang)) {
            assertThat(health.healthForPath("db").getStatus()).isEqualTo(Status.UP);
            broken.run();
            await().untilAsserted(() -> {
                assertThat(health.healthForPath("db").getStatus()).isEqualTo(Status.DOWN);
                assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            });
            assertThat(alone.client().get("/readyz", null).status()).isEqualTo(200);
            assertThat(alone.client().get("/livez", null).status()).isEqualTo(200);
            alone.allIsWell();
            await().untilAsserted(() -> assertThat(health.healthForPath("db").getStatus()).isEqualTo(Status.UP));
        }
    }

    @Test
    void aDatabaseThatIsOnlyReadableForAWhileParksNothingAndTheRetrySucceeds() {
        OrderRequest order = confirmed(Kind.PICKUP);
        OrderRequest paid = confirmed(Kind.PICKUP);
        assertThat(hub.pay(paid).status()).isEqualTo(204);
        long parked = kept.parked();
        readOnly(true);

        try {
            assertToldToComeBack(() -> hub.pay(order));
            alone.messages.send(InboundTopic.MAKING_STARTED.draft(paid.orderId()).on(0));
            assertToldToComeBack(() -> hub.pay(order));
        } finally {
            readOnly(false);
        }

        await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204);
        assertPaidOnceAndPushed(order);
        await().atMost(PATIENT).untilAsserted(() ->
                assertThat(steps(paid, "making-started")).containsExactly("APPLIED"));
        assertThat(kept.parked()).isEqualTo(parked);
    }

    /** As after a failover to a standby: its sessions stay as they began, and the next ones may write. */
    @Test
    void connectionsToAServerThatTakesNoWritesAreNotUsedAgain() {
        OrderRequest order = confirmed(Kind.PICKUP);
        readOnly(true);
        try {
            assertToldToComeBack(() -> hub.pay(order));
        } finally {
            JdbcAside.run("ALTER DATABASE outages SET default_transaction_read_only = off");
        }

        await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204);
        assertPaidOnceAndPushed(order);
    }

    @Test
    void whateverTheDatabasesDefaultIsolationTheHubReadsWhatIsCommitted() {
        JdbcAside.run("ALTER DATABASE outages SET default_transaction_isolation = 'repeatable read'",
                END_SESSIONS);
        try {
            await().atMost(PATIENT).until(() -> hub.get("/api/flow", SharedHub.OPERATOR).status() == 200);
            assertThat(alone.jdbc().sql("SHOW transaction_isolation").query(String.class).single())
                    .isEqualTo("read committed");
        } finally {
            JdbcAside.run("ALTER DATABASE outages RESET default_transaction_isolation", END_SESSIONS);
        }
    }

    @Test
    void eventsThatCameWhileTheDatabaseWasAwayAreAppliedOnceAndInTheirOrder() {
        List<OrderRequest> orders = Stream.generate(() -> confirmed(Kind.PICKUP)).limit(5).toList();
        orders.forEach(order -> assertThat(hub.pay(order).status()).isEqualTo(204));
        long parked = kept.parked();
        alone.database.cut();

        for (InboundTopic inbound : List.of(InboundTopic.MAKING_STARTED, InboundTopic.MADE)) {
            orders.forEach(order -> alone.messages.send(inbound.draft(order.orderId()).on(1)));
            alone.messages.send(inbound.draft(orders.get(0).orderId()).body("no JSON").on(1));
        }
        assertToldToComeBack(() -> hub.pay(orders.get(0)));
        assertToldToComeBack(() -> hub.pay(orders.get(0)));
        alone.database.pass();

        await().atMost(PATIENT).untilAsserted(() -> orders.forEach(order ->
                assertThat(hub.order(order.orderId()).get("settledAs").asString()).isEqualTo("MADE")));
        // The two topics come back apart: an order may be made before its start is told again.
        await().atMost(PATIENT).untilAsserted(() -> orders.forEach(order -> {
            assertThat(steps(order, "making-started")).hasSize(1).isSubsetOf("APPLIED", "STALE");
            assertThat(steps(order, "made")).containsExactly("APPLIED");
        }));
        await().untilAsserted(() -> assertThat(kept.parked()).isEqualTo(parked + 2));
    }

    // ── Kafka ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void whileKafkaIsAwayACallbackIsDurableAndItsPushGoesOutWhenItIsBack() {
        OrderRequest order = confirmed(Kind.PICKUP);
        alone.kafka.cut();

        Instant before = Instant.now();
        assertThat(hub.pay(order).status()).isEqualTo(204);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        alone.kafka.pass();

        assertPaidOnceAndPushed(order);
    }

    @Test
    void aPushThatCantGoOutIsRecordedAndStaysOwed() {
        OrderRequest order = confirmed(Kind.PICKUP);
        alone.kafka.cut();

        assertThat(hub.pay(order).status()).isEqualTo(204);
        await().atMost(PATIENT).untilAsserted(() -> assertThat(steps(order, "push-order")).contains("FAILED"));

        JsonNode owed = hub.get("/api/stores/" + order.storeId() + "/orders?state=unaccepted", SharedHub.BARISTA).json();
        assertThat(owed.get("orders").valueStream().map(o -> o.get("orderId").asString()))
                .containsExactly(order.orderId());
        assertThat(hub.arrow("push-order").get("failed").asLong()).isPositive();
    }

    @Test
    void aHubThatStartsWhileKafkaIsAwayTakesCallbacksAndCatchesUpWhenItIsBack() throws Exception {
        alone.kafka.cut();
        try (var another = alone.startHub(Map.of("hub.kafka.topics.lucky_late_topic.partitions", "1",
                "hub.kafka.topics.lucky_late_topic.retention", "1d"))) {
            HubClient there = SharedHub.shared().client(another);
            OrderRequest early = HubClient.anOrder(Kind.PICKUP);
            assertThat(there.confirm(early).status()).isEqualTo(201);
            assertThat(there.pay(early).status()).isEqualTo(204);
            alone.kafka.pass();

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", alone.brokers()))) {
                await().atMost(PATIENT).until(() -> admin.listTopics().names().get().contains("lucky_late_topic"));
            }
            OrderRequest order = HubClient.anOrder(Kind.PICKUP);
            assertThat(there.confirm(order).status()).isEqualTo(201);
            assertThat(there.pay(order).status()).isEqualTo(204);
            assertPaidOnceAndPushed(order);
            // Read by whichever of the two hubs has the partition now.
            alone.messages.send(InboundTopic.MADE.draft(order.orderId()).on(2));
            await().atMost(PATIENT).untilAsserted(() -> assertThat(steps(order, "made")).containsExactly("APPLIED"));
        }
    }

    private OrderRequest confirmed(Kind kind) {
        OrderRequest order = HubClient.anOrder(kind);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        return order;
    }

    private static void assertToldToComeBack(Supplier<HubClient.Reply> request) {
        Instant before = Instant.now();
        HubClient.Reply reply = request.get();
        assertProblem(reply, 503);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
        assertThat(Duration.between(before, Instant.now())).isLessThan(SOON);
    }

    private void assertPaidOnceAndPushed(OrderRequest order) {
        await().atMost(PATIENT).untilAsserted(() -> assertThat(steps(order, "push-order")).containsExactly("SENT"));
        await().untilAsserted(() ->
                assertThat(alone.messages.on("lucky_order_to_barista_topic", order.orderId())).hasSize(1));
        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("PAID");
        assertThat(steps(order, "payment-callback").stream().filter("APPLIED"::equals)).hasSize(1);
        assertThat(kept.payment("P-" + order.orderId())).containsExactly(order.orderId() + " APPLIED");
    }

    private List<String> steps(OrderRequest order, String arrow) {
        return hub.order(order.orderId()).get("timeline").valueStream()
                .filter(step -> step.get("arrow").asString().equals(arrow))
                .map(step -> step.get("outcome").asString()).toList();
    }

    /** As after a fail-over to a standby. The hub's connections are ended, as it would keep what they began with. */
    private static void readOnly(boolean on) {
        JdbcAside.run("ALTER DATABASE outages SET default_transaction_read_only = " + (on ? "on" : "off"),
                END_SESSIONS);
    }
}
