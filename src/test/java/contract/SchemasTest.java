package contract;

import static contract.Field.anything;
import static contract.Field.currency;
import static contract.Field.id;
import static contract.Field.list;
import static contract.Field.oneOf;
import static contract.Field.text;
import static contract.Field.time;
import static contract.Field.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records and the published schemas say the same: what one takes the other takes, what one refuses both refuse. */
class SchemasTest {

    private static final Field KIND = oneOf("PICKUP", "DELIVERY");
    private static final Shape ITEM = Shape.of().with("sku", id()).with("quantity", whole(1, 99));
    private static final Shape ORDER = Shape.of().with("orderId", id());
    private static final Shape ORDER_OF_STORE = ORDER.with("storeId", id());
    private static final Shape TICKET = ORDER.with("ticketId", id()).with("readyAt", time()).with("asOf", time());
    private static final Shape STARTED = ORDER.with("ticketId", id()).with("acceptance", oneOf("MANUAL", "AUTOMATIC"))
            .with("startedAt", time());
    private static final Shape MADE = ORDER.with("ticketId", id()).with("madeAt", time());
    private static final Shape OUTCOME = ORDER.with("decision", oneOf("CANCELLED", "REFUSED")).with("reason", text())
            .with("decidedAt", time());
    private static final Shape EXPRESS = ORDER.with("noteId", id()).with("attempt", whole(1, 100))
            .with("state", oneOf("NOTED", "ASSIGNED", "PICKED_UP", "DELIVERED", "FAILED"))
            .with("courier", id().optional()).with("deliveredAt", time().optional()).with("changedAt", time());
    private static final Shape PAYMENT = ORDER.with("paymentId", id()).with("amount", whole(1, 99_999_999))
            .with("currency", currency()).with("paidAt", time());
    private static final Shape REFUSAL = ORDER.with("reason", text().mandatory());

    private static final SchemaFiles TOPICS = SchemaFiles.ofMessages();
    private static final SchemaFiles HTTP = new SchemaFiles("openapi.yaml", "neighbours.yaml");

    private record Message(Class<? extends Record> type, SchemaFiles files, String file, String pointer, Shape shape) {

        List<String> violations(byte[] json) throws IOException {
            return files.violations(file, pointer, SchemaFiles.json(json));
        }

        @Override
        public String toString() {
            return file + " " + pointer;
        }
    }

    static Stream<Message> messages() {
        Field items = list(0, 100, ITEM.element());
        Shape orders = ORDER_OF_STORE;
        return Stream.of(
                topic(OrderPaid.class, orders.with("kind", KIND).with("items", items).with("paidAt", time())),
                topic(MakingStarted.class, STARTED),
                topic(Made.class, MADE),
                topic(OrderChanged.class, orders.with("kind", KIND)
                        .with("makeState", oneOf("CONFIRMED", "PAID", "RECEIVED", "MAKING", "MADE"))
                        .with("deliveryState", oneOf("NONE", "NOTED", "ASSIGNED", "PICKED_UP", "DELIVERED", "FAILED"))
                        .with("version", whole(0, Long.MAX_VALUE)).with("changedAt", time())),
                topic(ExpressChanged.class, EXPRESS),
                topic(CancelMaking.class, orders.with("reason", text()).with("requestedAt", time())),
                topic(CancelOutcome.class, OUTCOME),

                http("openapi.yaml", "OrderRequest", OrderRequest.class, orders.with("kind", KIND)
                        .with("amount", whole(1, 99_999_999)).with("currency", currency())
                        .with("items", list(1, 100, ITEM.element()))),
                http("openapi.yaml", "CancelRequest", CancelRequest.class, Shape.of().with("reason", text())),
                http("openapi.yaml", "PaymentCallback", PaymentCallback.class, PAYMENT),

                http("neighbours.yaml", "BaristaEstimateRequest", BaristaApi.EstimateRequest.class,
                        orders.with("items", items)),
                http("neighbours.yaml", "BaristaEstimate", BaristaApi.Estimate.class,
                        Shape.of().with("readyAt", time()).with("asOf", time())),
                http("neighbours.yaml", "TicketsRequest", BaristaApi.TicketsRequest.class,
                        Shape.of().with("orders", list(0, 1000, orders.element()))),
                http("neighbours.yaml", "TicketsAnswer", BaristaApi.TicketsAnswer.class,
                        Shape.of().with("tickets", many(TICKET))),
                http("neighbours.yaml", "OrdersRequest", BaristaApi.OrdersRequest.class, Shape.of().with("storeId", id())
                        .with("orders", many(ORDER.with("idempotencyKey", anything()).with("kind", KIND)
                                .with("items", items).with("paidAt", time())))),
                http("neighbours.yaml", "OrdersAnswer", BaristaApi.OrdersAnswer.class,
                        Shape.of().with("made", many(TICKET)).with("known", many(TICKET))
                                .with("notNow", many(REFUSAL)).with("refused", many(REFUSAL))),
                http("neighbours.yaml", "TicketStatesRequest", BaristaApi.TicketStatesRequest.class,
                        Shape.of().with("storeId", id()).with("orderIds", list(0, 1000, id()))),
                http("neighbours.yaml", "TicketStatesAnswer", BaristaApi.TicketStatesAnswer.class,
                        Shape.of().with("waiting", many(TICKET)).with("started", many(STARTED))
                                .with("made", many(MADE))),
                http("neighbours.yaml", "BaristaCancellationsRequest", BaristaApi.CancellationsRequest.class,
                        Shape.of().with("storeId", id()).with("orders", many(ORDER.with("idempotencyKey", anything())
                                .with("reason", text()).with("requestedAt", time())))),
                http("neighbours.yaml", "BaristaCancellationsAnswer", BaristaApi.CancellationsAnswer.class,
                        Shape.of().with("decisions", many(OUTCOME))),
                http("neighbours.yaml", "DispatchEstimateRequest", DispatchApi.EstimateRequest.class, orders),
                http("neighbours.yaml", "DispatchEstimate", DispatchApi.Estimate.class,
                        Shape.of().with("deliveredAt", time()).with("asOf", time())),
                http("neighbours.yaml", "DispatchTimesRequest", DispatchApi.DispatchTimesRequest.class,
                        Shape.of().with("orders", list(0, 1000, orders.with("makeState", oneOf("MAKING", "MADE"))
                                .with("readyAt", time().optional()).element()))),
                http("neighbours.yaml", "DispatchTimesAnswer", DispatchApi.DispatchTimesAnswer.class,
                        Shape.of().with("times", list(0, 1000, ORDER.with("deliveredAt", time()).with("asOf", time())
                                .element()))),
                http("neighbours.yaml", "CancellationsRequest", DispatchApi.CancellationsRequest.class,
                        Shape.of().with("orders", list(0, 1000, ORDER.with("idempotencyKey", anything())
                                .with("reason", text()).element()))),
                http("neighbours.yaml", "CancellationsAnswer", DispatchApi.CancellationsAnswer.class,
                        Shape.of().with("cancelled", list(0, 1000, id()))),
                http("neighbours.yaml", "NotesRequest", DispatchApi.NotesRequest.class, Shape.of().with("orders",
                        many(orders.with("idempotencyKey", anything()).with("madeAt", time())))),
                http("neighbours.yaml", "NotesAnswer", DispatchApi.NotesAnswer.class,
                        Shape.of().with("deliveries", many(EXPRESS)).with("notNow", many(REFUSAL))),
                http("neighbours.yaml", "DeliveryStatesRequest", DispatchApi.DeliveryStatesRequest.class,
                        Shape.of().with("orderIds", list(0, 1000, id()))),
                http("neighbours.yaml", "DeliveryStatesAnswer", DispatchApi.DeliveryStatesAnswer.class,
                        Shape.of().with("deliveries", many(EXPRESS))),
                http("neighbours.yaml", "PaymentsRequest", PaymentApi.PaymentsRequest.class,
                        Shape.of().with("orderIds", list(0, 1000, id()))),
                http("neighbours.yaml", "PaymentsAnswer", PaymentApi.PaymentsAnswer.class,
                        Shape.of().with("payments", many(PAYMENT)).with("unpaid", list(0, 1000, id()))),
                http("neighbours.yaml", "SettledRequest", SettledApi.SettledRequest.class, Shape.of().with("orders",
                        many(orders.with("idempotencyKey", anything()).with("kind", KIND)
                                .with("amount", whole(1, 99_999_999)).with("currency", currency())
                                .with("settledAs", oneOf("MADE", "DELIVERED", "DELIVERY_FAILED", "CANCELLED", "EXPIRED",
                                        "REFUSED")).with("settledAt", time())))),
                http("neighbours.yaml", "Acknowledgement", SettledApi.Acknowledgement.class,
                        Shape.of().with("acknowledged", list(0, 1000, id()))));
    }

    private static Field many(Shape shape) {
        return list(0, 1000, shape.element());
    }

    private static Message topic(Class<? extends Record> type, Shape shape) {
        return new Message(type, TOPICS, type.getSimpleName() + ".schema.json", "#", shape);
    }

    private static Message http(String file, String schema, Class<? extends Record> type, Shape shape) {
        return new Message(type, HTTP, file, "#/components/schemas/" + schema, shape);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatARecordTakesItsSchemaTakesAndSoDoesWhatTheRecordWrites(Message message) throws IOException {
        Random random = new Random(81);
        List<String> mixed = Stream.generate(() -> message.shape().random(random)).limit(50).toList();
        for (String json : concat(message.shape().good(), mixed)) {
            Record record = Json.read(bytes(json), message.type());
            assertThat(message.violations(bytes(json))).as(json).isEmpty();
            assertThat(message.violations(Json.write(record))).as("%s written", record).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatARecordRefusesItsSchemaRefuses(Message message) throws IOException {
        for (String json : message.shape().bad()) {
            assertThat(isMalformed(json, message.type())).as("%s is refused by the record", json).isTrue();
            assertThat(message.violations(bytes(json))).as("%s against the schema", json).isNotEmpty();
        }
    }

    /** The table above is of no use for what it leaves out. */
    @ParameterizedTest
    @MethodSource("messages")
    void everyFieldOfARecordIsInTheTableAndInItsSchema(Message message) {
        List<String> components = Arrays.stream(message.type().getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName).toList();
        assertThat(message.shape().fields().keySet()).containsExactlyInAnyOrderElementsOf(components);
        JsonNode schema = message.files().schema(message.file(), message.pointer()).getSchemaNode();
        assertThat(schema.get("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(components);
    }

    /** Nor what the neighbours are asked and answer. */
    @Test
    void everyRequestAndAnswerOfANeighbourIsInTheTable() {
        List<Class<?>> bodies = Stream.of(BaristaApi.class, DispatchApi.class, PaymentApi.class, SettledApi.class)
                .flatMap(api -> Stream.of(api.getDeclaredClasses()))
                .filter(type -> type.getSimpleName().matches(".*(Request|Answer|Acknowledgement)")).toList();
        assertThat(bodies).isNotEmpty();
        assertThat(messages().map(Message::type).collect(Collectors.toSet())).containsAll(
                bodies.stream().<Class<? extends Record>>map(type -> type.asSubclass(Record.class)).toList());
    }

    @Test
    void everyMessageOnATopicHasASchemaThatNamesItAndShowsAValidExample() {
        assertThat(messages().map(Message::type).collect(Collectors.toSet()))
                .containsAll(Stream.of(EventType.values()).map(EventType::body).toList());
        for (EventType type : EventType.values()) {
            String name = type.body().getSimpleName();
            String file = name + ".schema.json";
            JsonNode schema = TOPICS.document(file);
            assertThat(schema.get("$id").asText()).isEqualTo("urn:lucky-hub:schema:" + name);
            assertThat(schema.get("title").asText()).isEqualTo(name);
            assertThat(schema.get("description").asText()).contains(type.type());
            assertThat(schema.get("examples")).isNotEmpty().allSatisfy(example ->
                    assertThat(TOPICS.violations(file, "#", example)).isEmpty());
        }
    }

    @Test
    void theTopicsAreDescribedWithTheirMessages() {
        JsonNode document = new SchemaFiles("asyncapi.yaml").document("asyncapi.yaml");
        JsonNode messages = document.get("components").get("messages");
        assertThat(document.get("channels")).hasSize(EventType.values().length);
        for (EventType type : EventType.values()) {
            String name = type.body().getSimpleName();
            assertThat(messages.get(name).get("name").asText()).isEqualTo(type.type());
            assertThat(messages.get(name).get("payload").get("schema").get("$ref").asText())
                    .isEqualTo("./" + name + ".schema.json");
        }
        assertThat(document.findValuesAsText("$ref").stream().filter(ref -> ref.startsWith("#"))).allSatisfy(ref ->
                assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }

    private static boolean isMalformed(String json, Class<?> type) {
        try {
            Json.read(bytes(json), type);
            return false;
        } catch (Json.Malformed e) {
            return true;
        }
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
