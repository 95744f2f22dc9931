package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import contract.OrderRequest;
import embedded.Ports;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import testbed.CustomersFixture;
import testbed.ExternalServers;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.Program;
import testbed.SharedHub;

/** The production jar as a process, as {@code ./hub serve} runs it, ended in the middle of its work. */
@Tag("packaged")
class ServeIT {

    private static final int MANY = 300;
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final NeighbourServer barista = new NeighbourServer();
    private final NeighbourServer dispatch = new NeighbourServer();
    private final HubClient hub = new HubClient(Ports.free());

    ServeIT() {
        barista.answers("/estimates", NeighbourAnswers::readyAt);
        barista.answers("/tickets/estimates", request -> NeighbourAnswers.noTickets());
        dispatch.answers("/estimates", NeighbourAnswers::deliveredAt);
    }

    @AfterEach
    void theNeighboursLeave() {
        barista.close();
        dispatch.close();
    }

    @Test
    void aHubThatIsToldToEndFinishesWhatItHasBegunAndTheNextOneGoesOn() {
        String database = ExternalServers.database().createDatabase("serve_told_to_end");
        CustomersFixture customers;
        try (Program process = started(database); CustomersFixture leaving = new CustomersFixture(hub, 8)) {
            customers = leaving;
            customers.awaitPaid(MANY);
            CompletableFuture<HubClient.Reply> underWay = anOrderThatTheBaristaIsStillAskedAbout();

            process.tellToEnd();

            assertThat(process.exitWithin(Duration.ofSeconds(30))).as("by SIGTERM, in order").isEqualTo(143);
            assertThat(underWay.join().status()).as("what was under way is answered").isEqualTo(201);
            leaving.close();
            assertThat(customers.asked()).filteredOn(request -> request.status() != 201 && request.status() != 204)
                    .as("who comes too late finds the door closed, and is not refused")
                    .allMatch(request -> request.status() == 503 || request.status() == 0);
        }
        assertThat(paid(database)).containsAll(customers.acknowledged());
        assertThat(keysOn("lucky_order_to_barista_topic")).as("pushed before the end").containsAll(paid(database));
        assertThat(ids(database, "SELECT order_id FROM timeline WHERE arrow = 'push-order' AND outcome = 'SENT'"))
                .containsAll(paid(database));

        try (Program next = start(database)) {
            goesOn(next, database, customers);
        }
    }

    @Test
    void aHubThatIsKilledHasLostNoPaymentThatItAcknowledged() {
        String database = ExternalServers.database().createDatabase("serve_killed");
        try (Program process = started(database); CustomersFixture customers = new CustomersFixture(hub, 8)) {
            customers.awaitPaid(MANY);

            process.kill();

            assertThat(process.exitWithin(Duration.ofSeconds(30))).isEqualTo(137);
            customers.close();
            assertThat(paid(database)).containsAll(customers.acknowledged());
            assertThat(ids(database, "SELECT order_id FROM payment WHERE status = 'APPLIED'"))
                    .containsAll(customers.acknowledged());
        }
    }

    /** It is known to the barista, who doesn't answer, and so to the hub. */
    private CompletableFuture<HubClient.Reply> anOrderThatTheBaristaIsStillAskedAbout() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        CompletableFuture<Void> never = new CompletableFuture<>();
        barista.answers("/estimates", request -> {
            if (new String(request, StandardCharsets.UTF_8).contains(order.orderId())) {
                never.orTimeout(30, TimeUnit.SECONDS).exceptionally(late -> null).join();
            }
            return NeighbourAnswers.readyAt(request);
        });
        CompletableFuture<HubClient.Reply> reply = CompletableFuture.supplyAsync(() -> hub.confirm(order));
        await().pollInterval(Duration.ofMillis(5)).until(() -> barista.wasAsked("/estimates", order.orderId()));
        return reply;
    }

    /** The payment system reports again what got no answer, before the hub is up, and some of what did. */
    private void goesOn(Program process, String database, CustomersFixture before) {
        List<OrderRequest> known = before.asked().stream().filter(request -> request.toPay() && request.status() == 204)
                .limit(10).map(CustomersFixture.Asked::order).toList();
        List<OrderRequest> unanswered = before.asked().stream().filter(request -> request.toPay()
                && request.status() != 204).map(CustomersFixture.Asked::order).toList();

        assertThat(answersUntilTaken(known.get(0), process)).as("a hub that starts refuses nobody")
                .allMatch(status -> Set.of(0, 503, 204).contains(status));
        process.awaitReady(hub);
        assertThat(known).allMatch(order -> hub.pay(order).status() == 204);
        assertThat(unanswered).allMatch(order -> hub.pay(order).status() == 204);
        OrderRequest fresh = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(fresh).status()).isEqualTo(201);
        assertThat(hub.pay(fresh).status()).isEqualTo(204);

        assertThat(paid(database)).contains(fresh.orderId())
                .containsAll(unanswered.stream().map(OrderRequest::orderId).toList());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(keysOn("lucky_order_to_barista_topic")).contains(fresh.orderId()));
    }

    /** Reports a payment again and again until the hub takes it. @return the statuses of all answers, 0 for none */
    private Set<Integer> answersUntilTaken(OrderRequest order, Program process) {
        Set<Integer> statuses = new TreeSet<>();
        await().atMost(LONGEST_START).pollInterval(Duration.ofMillis(10)).until(() -> {
            int status;
            try {
                status = hub.pay(order).status();
            } catch (UncheckedIOException e) {
                status = 0;
            }
            statuses.add(status);
            return status == 204 || !process.isAlive();
        });
        return statuses;
    }

    private Program started(String database) {
        Program process = start(database);
        process.awaitReady(hub);
        return process;
    }

    private Program start(String database) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("server.port", hub.url().replaceAll(".*:", ""));
        options.put("management.server.port", String.valueOf(Ports.free()));
        options.put("hub.kafka.brokers", ExternalServers.broker().brokers());
        options.put("spring.datasource.url", database);
        options.put("spring.datasource.username", ExternalServers.database().user());
        options.put("barista.url", barista.url());
        options.put("dispatch.url", dispatch.url());
        Map<String, String> secrets = Map.of("SPRING_DATASOURCE_PASSWORD", ExternalServers.database().password(),
                "HUB_TOKEN", SharedHub.OPERATOR, "HUB_SHOP_TOKEN", SharedHub.SHOP, "HUB_BARISTA_TOKEN", SharedHub.BARISTA,
                "HUB_DISPATCH_TOKEN", SharedHub.DISPATCH, "HUB_CALLBACK_KEYS", String.join(",", SharedHub.KEYS));
        return Program.jar("lucky-hub.jar", secrets, options.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue()).toArray(String[]::new));
    }

    private static Set<String> paid(String database) {
        return ids(database, "SELECT id FROM orders WHERE make <> 'CONFIRMED'");
    }

    private static Set<String> ids(String database, String sql) {
        return JdbcClient.create(new DriverManagerDataSource(database, ExternalServers.database().user(),
                ExternalServers.database().password())).sql(sql).query(String.class).set();
    }

    /** The keys of all that is on a topic now. */
    private static Set<String> keysOn(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", ExternalServers.broker().brokers()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<String> keys = new HashSet<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> keys.add(each.key()));
            }
            return keys;
        }
    }
}
