package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.assertProblem;

import contract.Kind;
import contract.OrderRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.InboundTopic;
import testbed.SeparateHub;
import testbed.SharedHub;

/** Somebody else holds locks in the database for long: only what is locked waits. */
class LocksIT {

    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static SeparateHub alone;

    private final HubClient hub = alone.client();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        alone = new SeparateHub("locks");
    }

    @AfterAll
    static void end() {
        alone.close();
    }

    @AfterEach
    void allIsWellAgain() {
        alone.allIsWell();
        callers.shutdownNow();
        await().atMost(PATIENT).until(() -> hub.get("/api/flow", SharedHub.OPERATOR).status() == 200);
    }

    /** As by a DBA's open transaction, or a program whose host is gone. */
    @Test
    void ordersThatAreLockedWaitAndAllOthersGoOn() throws SQLException {
        List<OrderRequest> locked = confirmed(20);
        List<OrderRequest> others = confirmed(60);
        List<Duration> took = new ArrayList<>();
        try (Connection holder = connect()) {
            lock(holder, locked);
            List<CompletableFuture<HubClient.Reply>> refused = locked.stream()
                    .map(order -> CompletableFuture.supplyAsync(() -> hub.pay(order), callers)).toList();
            for (OrderRequest order : others) {
                Instant before = Instant.now();
                assertThat(hub.pay(order).status()).isEqualTo(204);
                took.add(Duration.between(before, Instant.now()));
            }
            refused.stream().map(CompletableFuture::join).forEach(LocksIT::assertLocked);
            locked.forEach(order -> assertLocked(hub.pay(order)));
            holder.rollback();
        }
        assertThat(took.stream().mapToLong(Duration::toMillis).average().orElseThrow()).isLessThan(300);
        locked.forEach(order -> await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204));
        Stream.concat(locked.stream(), others.stream()).forEach(order ->
                assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("PAID"));
    }

    @Test
    void recordsOfOtherOrdersGoOnAndThoseOfALockedOneAreAppliedWhenItIsFree() throws SQLException {
        List<OrderRequest> orders = confirmed(6);
        orders.forEach(order -> assertThat(hub.pay(order).status()).isEqualTo(204));
        try (Connection holder = connect()) {
            lock(holder, orders.subList(0, 1));
            orders.forEach(order -> alone.messages.send(InboundTopic.MADE.draft(order.orderId()).on(0)));
            await().atMost(PATIENT).untilAsserted(() -> orders.subList(1, 6).forEach(order ->
                    assertThat(makeState(order)).isEqualTo("MADE")));
            assertThat(makeState(orders.get(0))).isEqualTo("PAID");
            holder.rollback();
        }
        await().atMost(PATIENT).untilAsserted(() -> assertThat(makeState(orders.get(0))).isEqualTo("MADE"));
    }

    /** Longer than a batch is tried again: what comes after it on its partition is not kept waiting. */
    @Test
    void aPartitionIsNotHeldUpByAnOrderThatStaysLocked() throws SQLException {
        List<OrderRequest> orders = confirmed(2);
        orders.forEach(order -> assertThat(hub.pay(order).status()).isEqualTo(204));
        try (Connection holder = connect()) {
            lock(holder, orders.subList(0, 1));
            alone.messages.send(InboundTopic.MADE.draft(orders.get(0).orderId()).on(3));
            await().atMost(PATIENT).until(() -> kept(orders.get(0)) == 1);

            alone.messages.send(InboundTopic.MADE.draft(orders.get(1).orderId()).on(3));
            await().atMost(PATIENT).untilAsserted(() -> assertThat(makeState(orders.get(1))).isEqualTo("MADE"));
            holder.rollback();
        }
        alone.jdbc().sql("UPDATE early SET arrived_at = now() - interval '1 day'").update();
        await().atMost(PATIENT).untilAsserted(() -> assertThat(makeState(orders.get(0))).isEqualTo("MADE"));
        assertThat(kept(orders.get(0))).isZero();
    }

    /** As by a migration or a VACUUM FULL. */
    @Test
    void behindALockedTableStatementsEndWithTheirCallers() throws SQLException {
        List<OrderRequest> orders = confirmed(60);
        int before = sessions();
        try (Connection holder = connect(); Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            List<CompletableFuture<HubClient.Reply>> refused = orders.stream()
                    .map(order -> CompletableFuture.supplyAsync(() -> hub.pay(order), callers)).toList();
            refused.stream().map(CompletableFuture::join).forEach(reply -> assertProblem(reply, 503));
            assertThat(sessions()).as("sessions of the hub, whose pool has sixteen").isLessThanOrEqualTo(Math.max(before, 17));
            // Nobody calls any more: what is left are pulls and upkeep, each a statement.
            await().atMost(PATIENT).until(() -> waiting() < 8);
            holder.rollback();
        }
        orders.forEach(order -> await().atMost(PATIENT).until(() -> hub.pay(order).status() == 204));
    }

    /** Its packets go nowhere any more, in the middle of a transaction that has locked orders. */
    @Test
    void theLocksOfAHostThatVanishesEndByThemselves() throws SQLException {
        OrderRequest order = confirmed(1).get(0);
        int port = SharedHub.shared().database().port();
        try (var vanishing = embedded.TcpProxy.before(port);
             Connection lost = DriverManager.getConnection(url().replace(":" + port + "/", ":" + vanishing.port() + "/"),
                     SharedHub.shared().database().user(), SharedHub.shared().database().password())) {
            try (Statement statement = lost.createStatement()) {
                statement.execute(alone.hub.getEnvironment()
                        .getRequiredProperty("spring.datasource.hikari.connection-init-sql"));
            }
            lock(lost, List.of(order));
            vanishing.hang();

            assertLocked(hub.pay(order));
            await().atMost(Duration.ofSeconds(20)).until(() -> hub.pay(order).status() == 204);
            vanishing.cut();
        }
    }

    private static void assertLocked(HubClient.Reply reply) {
        assertProblem(reply, 503);
        assertThat(reply.json().get("type").asString()).isEqualTo("urn:lucky-hub:problem:order-locked");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
    }

    private List<OrderRequest> confirmed(int number) {
        return Stream.generate(() -> {
            OrderRequest order = HubClient.anOrder(Kind.PICKUP);
            return CompletableFuture.supplyAsync(() -> hub.confirm(order), callers).thenApply(reply -> {
                assertThat(reply.status()).isEqualTo(201);
                return order;
            });
        }).limit(number).toList().stream().map(CompletableFuture::join).toList();
    }

    private static void lock(Connection holder, List<OrderRequest> orders) throws SQLException {
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT FROM orders WHERE id IN " + orders.stream()
                    .map(order -> "'" + order.orderId() + "'").collect(Collectors.joining(",", "(", ")")) + " FOR UPDATE");
        }
    }

    private String makeState(OrderRequest order) {
        return hub.order(order.orderId()).at("/make/state").asString();
    }

    private static int kept(OrderRequest order) {
        return alone.jdbc().sql("SELECT count(*) FROM early WHERE order_id = :id").param("id", order.orderId())
                .query(Integer.class).single();
    }

    private static int sessions() {
        return count("application_name = 'lucky-hub'");
    }

    private static int waiting() {
        return count("application_name = 'lucky-hub' AND wait_event_type = 'Lock'");
    }

    private static int count(String condition) {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
             var count = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = 'locks' AND "
                     + condition)) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Past the hub and its proxy. */
    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), SharedHub.shared().database().user(), SharedHub.shared().database().password());
    }

    private static String url() {
        return SharedHub.shared().database().createDatabase("locks");
    }
}
