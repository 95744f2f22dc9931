package simulators.barista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.CancelMaking;
import contract.EventType;
import contract.IdempotencyKey;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderPaid;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
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
import stage.Broker;

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
        send(Topic.ORDER_TO_BARISTA, IdempotencyKey.ticket(orderId), EventType.ORDER_PAID, orderId, new OrderPaid(
                orderId, "S1", Kind.PICKUP, List.of(new Item("latte", 1)), Instant.now()));
    }

    private static void cancel(String orderId) {
        send(Topic.CANCEL_MAKING, IdempotencyKey.cancelMaking(orderId), EventType.CANCEL_MAKING, orderId,
                new CancelMaking(orderId, "S1", "changed my mind", Instant.now()));
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
