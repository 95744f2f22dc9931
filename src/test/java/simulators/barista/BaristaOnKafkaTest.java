package simulators.barista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.BaristaApi;
import contract.CancelMaking;
import contract.CancelOutcome;
import contract.EventType;
import contract.IdempotencyKey;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.Made;
import contract.OrderPaid;
import contract.Refusal;
import embedded.Broker;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.faults.Rule;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Brokers;
import simulators.wire.Place;
import simulators.wire.Topic;

/** The barista on a real broker; the test stands where the hub would. */
class BaristaOnKafkaTest {

    private static final KitchenPace QUICK = KitchenPace.LIVELY.times(0.05);

    @TempDir
    static Path folder;
    private static Broker broker;
    private static KafkaProducer<String, byte[]> producer;
    private static KafkaConsumer<String, byte[]> consumer;

    private final List<ConsumerRecord<String, byte[]>> told = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(Broker.Settings.in(folder.resolve("kafka")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            admin.createTopics(Stream.of(Topic.ORDER_TO_BARISTA, Topic.CANCEL_MAKING, Topic.MAKING_STARTED, Topic.MADE,
                    Topic.CANCEL_OUTCOME).map(topic -> new NewTopic(topic, 2, (short) 1)).toList()).all().get();
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.brokers()), new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.brokers(), "group.id", "test",
                "auto.offset.reset", "earliest"), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.MAKING_STARTED, Topic.MADE, Topic.CANCEL_OUTCOME));
    }

    @AfterAll
    static void stop() {
        consumer.close();
        producer.close();
        broker.close();
    }

    private static Barista barista(String journal, String... faults) {
        return new Barista(new BaristaSettings(Place.of(folder.resolve(journal), 1)
                .withFaults(Stream.of(faults).map(Rule::parse).toList()), Brokers.at(broker.brokers()), QUICK));
    }

    private static void send(String topic, String key, EventType type, String orderId, Record body) {
        producer.send(KafkaMessageFactory.<String>createWriter(topic, orderId).writeBinary(CloudEventBuilder.v1()
                .withId(key).withSource(URI.create("test")).withType(type.type())
                .withData("application/json", Json.write(body)).build()));
    }

    private static void pay(String orderId) {
        send(Topic.ORDER_TO_BARISTA, IdempotencyKey.ticket(orderId, null), EventType.ORDER_PAID, orderId, new OrderPaid(
                orderId, "S1", Kind.PICKUP, List.of(new Item("latte", 1)), Instant.now()));
    }

    private static void cancel(String orderId) {
        send(Topic.CANCEL_MAKING, IdempotencyKey.cancelMaking(orderId, null), EventType.CANCEL_MAKING, orderId,
                new CancelMaking(orderId, "S1", "changed my mind", Instant.now()));
    }

    private static HttpResponse<byte[]> post(Barista barista, String path, Record request) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(barista.url().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(request))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static <T> T call(Barista barista, String path, Record request, Class<T> answer) throws Exception {
        HttpResponse<byte[]> response = post(barista, path, request);
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.read(response.body(), answer);
    }

    private static BaristaApi.OrdersAnswer handOver(Barista barista, String... orderIds) throws Exception {
        return call(barista, "/orders", new BaristaApi.OrdersRequest("S1", Stream.of(orderIds).map(id ->
                new BaristaApi.PaidOrder(id, IdempotencyKey.ticket(id, null), Kind.PICKUP, List.of(new Item("latte", 1)),
                        Instant.now())).toList()), BaristaApi.OrdersAnswer.class);
    }

    private static BaristaApi.TicketStatesAnswer states(Barista barista, String orderId) throws Exception {
        return call(barista, "/tickets/states", new BaristaApi.TicketStatesRequest("S1", List.of(orderId)),
                BaristaApi.TicketStatesAnswer.class);
    }

    private static String newOrder() {
        return "o" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static List<What> journalled(Barista barista, String orderId) {
        return barista.journal().entries().stream().filter(entry -> orderId.equals(entry.orderId()))
                .map(Entry::what).toList();
    }

    private void awaitTold(String orderId, String... topics) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(told::add);
            assertThat(told).filteredOn(event -> event.key().equals(orderId)).extracting(ConsumerRecord::topic)
                    .containsExactlyInAnyOrder(topics);
        });
    }

    @Test
    void anOrderPushedTwiceIsMadeOnce() {
        String order = newOrder();
        try (Barista barista = barista("twice.jsonl")) {
            pay(order);
            pay(order);
            awaitTold(order, Topic.MAKING_STARTED, Topic.MADE);
            await().untilAsserted(() -> assertThat(journalled(barista, order)).contains(What.TICKET_REPEATED));
            assertThat(journalled(barista, order)).containsOnlyOnce(What.TICKET_CREATED, What.MADE);
        }
    }

    @Test
    void aCancelledOrderThatComesLaterIsNotMade() {
        String order = newOrder();
        try (Barista barista = barista("cancelled.jsonl")) {
            cancel(order);
            awaitTold(order, Topic.CANCEL_OUTCOME);
            pay(order);
            await().untilAsserted(() -> assertThat(journalled(barista, order)).contains(What.TICKET_REFUSED));
        }
    }

    @Test
    void whatWasDecidedButNotSentIsSentAfterARestart() {
        String order = newOrder();
        try (Barista barista = barista("restart.jsonl", "down=1@events-out")) {
            pay(order);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(journalled(barista, order)).contains(What.MADE));
            assertThat(journalled(barista, order)).doesNotContain(What.EVENT_SENT);
        }
        try (Barista barista = barista("restart.jsonl")) {
            awaitTold(order, Topic.MAKING_STARTED, Topic.MADE);
            await().untilAsserted(() -> assertThat(journalled(barista, order)).contains(What.EVENT_SENT));
        }
    }

    @Test
    void anOrderHandedOverAndPushedIsMadeOnceAndItsStateIsThereToBeAsked() throws Exception {
        String order = newOrder();
        try (Barista barista = barista("handed-over.jsonl")) {
            assertThat(handOver(barista, order).made()).extracting(BaristaApi.Ticket::orderId).containsExactly(order);
            assertThat(journalled(barista, order)).as("on disk before it is answered").contains(What.TICKET_CREATED);
            pay(order);
            awaitTold(order, Topic.MAKING_STARTED, Topic.MADE);
            await().untilAsserted(() -> assertThat(journalled(barista, order)).contains(What.TICKET_REPEATED));
            assertThat(handOver(barista, order).known()).hasSize(1);
            assertThat(journalled(barista, order)).containsOnlyOnce(What.TICKET_CREATED, What.MADE);
            Made asEvent = Json.read(told.stream().filter(event -> event.key().equals(order)
                    && event.topic().equals(Topic.MADE)).findFirst().orElseThrow().value(), Made.class);
            assertThat(states(barista, order).made()).containsExactly(asEvent);
        }
        try (Barista barista = barista("handed-over.jsonl")) {
            assertThat(handOver(barista, order).known()).as("after a restart").hasSize(1);
            assertThat(states(barista, order).made()).hasSize(1);
        }
    }

    @Test
    void anEventThatIsLostIsMadeUpForByItsState() throws Exception {
        String order = newOrder();
        try (Barista barista = barista("lost.jsonl", "lose=1@events-out")) {
            pay(order);
            await().untilAsserted(() -> assertThat(states(barista, order).made()).hasSize(1));
            assertThat(journalled(barista, order)).doesNotContain(What.EVENT_SENT);
        }
    }

    @Test
    void aCancelAskedForByBothWaysGetsOneDecisionAndOneEvent() throws Exception {
        String order = newOrder();
        try (Barista barista = barista("asked-twice.jsonl")) {
            CancelOutcome decided = call(barista, "/cancellations", new BaristaApi.CancellationsRequest("S1", List.of(
                    new BaristaApi.Cancellation(order, IdempotencyKey.cancelMaking(order, null), null, Instant.now()))),
                    BaristaApi.CancellationsAnswer.class).decisions().get(0);
            assertThat(decided.decision()).isEqualTo(CancelOutcome.Decision.CANCELLED);
            assertThat(handOver(barista, order).refused()).extracting(Refusal::orderId).containsExactly(order);
            cancel(order);
            awaitTold(order, Topic.CANCEL_OUTCOME);
            assertThat(told).filteredOn(event -> event.key().equals(order))
                    .allSatisfy(event -> assertThat(Json.read(event.value(), CancelOutcome.class)).isEqualTo(decided));
        }
    }

    @Test
    void aClosedStoreTakesNoOrderNowAndKnowsThoseThatItHas() throws Exception {
        String before = newOrder();
        String order = newOrder();
        try (Barista barista = barista("closed.jsonl")) {
            handOver(barista, before);
            barista.faults().set(List.of(Rule.parse("closed=1")));
            BaristaApi.OrdersAnswer answer = handOver(barista, before, order);
            assertThat(answer.notNow()).containsExactly(new Refusal(order, "closed"));
            assertThat(answer.known()).extracting(BaristaApi.Ticket::orderId).containsExactly(before);
            barista.faults().set(List.of());
            assertThat(handOver(barista, order).made()).hasSize(1);
        }
    }

    @Test
    void aStoreThatIsDownAnswers500ToWhatIsAskedOfItAndItsPushesArrive() throws Exception {
        String order = newOrder();
        try (Barista barista = barista("store-down.jsonl", "down=1@stores:60m")) {
            assertThat(post(barista, "/tickets/states", new BaristaApi.TicketStatesRequest("S1", List.of(order)))
                    .statusCode()).isEqualTo(500);
            pay(order);
            awaitTold(order, Topic.MAKING_STARTED, Topic.MADE);
        }
    }

    @Test
    void aRecordThatIsNoEventIsNotedAndTheNextIsRead() {
        String order = newOrder();
        try (Barista barista = barista("malformed.jsonl")) {
            producer.send(new ProducerRecord<>(Topic.ORDER_TO_BARISTA, order, "no event".getBytes(StandardCharsets.UTF_8)));
            pay(order);
            awaitTold(order, Topic.MAKING_STARTED, Topic.MADE);
            assertThat(barista.journal().entries()).extracting(Entry::what).contains(What.REFUSED_AS_MALFORMED);
        }
    }
}
