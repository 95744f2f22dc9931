package simulators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.DispatchApi;
import contract.EventType;
import contract.ExpressChanged;
import contract.ExpressChanged.State;
import contract.IdempotencyKey;
import contract.Json;
import contract.Kind;
import contract.OrderChanged;
import contract.Refusal;
import embedded.Broker;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

/** Dispatch on a real broker; the test stands where the hub would. */
class DispatchOnKafkaTest {

    private static final CourierPace QUICK =
            new CourierPace(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), 0, 0);

    @TempDir
    static Path folder;
    private static Broker broker;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(Broker.Settings.in(folder.resolve("kafka")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            admin.createTopics(Stream.of(Topic.ORDER_CHANGED, Topic.ORDER_EXPRESS)
                    .map(topic -> new NewTopic(topic, 2, (short) 1)).toList()).all().get();
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.brokers()), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    private static Dispatch dispatch(String journal, String... faults) {
        return new Dispatch(new DispatchSettings(Place.of(folder.resolve(journal), 1)
                .withFaults(Stream.of(faults).map(Rule::parse).toList()), Brokers.at(broker.brokers()), QUICK));
    }

    private static void made(String orderId) {
        producer.send(KafkaMessageFactory.<String>createWriter(Topic.ORDER_CHANGED, orderId).writeBinary(
                CloudEventBuilder.v1().withId(IdempotencyKey.note(orderId, null)).withSource(URI.create("test"))
                        .withType(EventType.ORDER_CHANGED.type()).withData("application/json", Json.write(
                                new OrderChanged(orderId, "S1", Kind.DELIVERY, "MADE", "NONE", 5, Instant.now())))
                        .build()));
    }

    private static <T> T call(Dispatch dispatch, String path, Record request, Class<T> answer) throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(dispatch.url().resolve(path)).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(request))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.read(response.body(), answer);
    }

    private static DispatchApi.NotesAnswer handOver(Dispatch dispatch, String orderId) throws Exception {
        return call(dispatch, "/notes", new DispatchApi.NotesRequest(List.of(new DispatchApi.MadeOrder(orderId, "S1",
                IdempotencyKey.note(orderId, null), Instant.now()))), DispatchApi.NotesAnswer.class);
    }

    private static List<ExpressChanged> states(Dispatch dispatch, String orderId) throws Exception {
        return call(dispatch, "/deliveries/states", new DispatchApi.DeliveryStatesRequest(List.of(orderId)),
                DispatchApi.DeliveryStatesAnswer.class).deliveries();
    }

    private static String newOrder() {
        return "o" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static List<What> journalled(Dispatch dispatch, String orderId) {
        return dispatch.journal().entries().stream().filter(entry -> orderId.equals(entry.orderId()))
                .map(Entry::what).toList();
    }

    @Test
    void anOrderHandedOverAndPushedIsDeliveredOnceAndItsStateIsThereToBeAsked() throws Exception {
        String order = newOrder();
        List<ExpressChanged> last;
        try (Dispatch dispatch = dispatch("handed-over.jsonl")) {
            assertThat(handOver(dispatch, order).deliveries()).extracting(ExpressChanged::state)
                    .containsExactly(State.NOTED);
            assertThat(journalled(dispatch, order)).as("on disk before it is answered").contains(What.NOTE_CREATED);
            made(order);
            await().untilAsserted(() -> assertThat(journalled(dispatch, order)).contains(What.NOTE_REPEATED));
            await().untilAsserted(() -> assertThat(states(dispatch, order)).extracting(ExpressChanged::state)
                    .containsExactly(State.DELIVERED));
            assertThat(journalled(dispatch, order)).containsOnlyOnce(What.NOTE_CREATED);
            last = states(dispatch, order);
        }
        try (Dispatch dispatch = dispatch("handed-over.jsonl")) {
            assertThat(states(dispatch, order)).as("after a restart").isEqualTo(last);
            assertThat(handOver(dispatch, order).deliveries()).isEqualTo(last);
        }
    }

    @Test
    void aLostEventIsMadeUpForByTheState() throws Exception {
        String order = newOrder();
        try (Dispatch dispatch = dispatch("lost.jsonl", "lose=1@events-out")) {
            made(order);
            await().untilAsserted(() -> assertThat(states(dispatch, order)).extracting(ExpressChanged::state)
                    .containsExactly(State.DELIVERED));
            assertThat(journalled(dispatch, order)).doesNotContain(What.EVENT_SENT);
        }
    }

    @Test
    void aCancelledOrderThatIsHandedOverGetsNoNote() throws Exception {
        String order = newOrder();
        try (Dispatch dispatch = dispatch("cancelled.jsonl")) {
            assertThat(call(dispatch, "/cancellations", new DispatchApi.CancellationsRequest(List.of(
                    new DispatchApi.Cancellation(order, IdempotencyKey.cancelDispatch(order, null), null))),
                    DispatchApi.CancellationsAnswer.class).cancelled()).containsExactly(order);
            assertThat(handOver(dispatch, order)).isEqualTo(new DispatchApi.NotesAnswer(List.of(),
                    List.of(new Refusal(order, "cancelled before"))));
            assertThat(states(dispatch, order)).isEmpty();
        }
    }
}
