package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.EventType;
import contract.Kind;
import contract.MakingStarted;
import contract.OrderRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import ledger.Ledger;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import testbed.HubClient;
import testbed.InboundTopic;
import testbed.KeptRows;
import testbed.OperatorClient;
import testbed.OrderLife;
import testbed.RecordDraft;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** Records that can't be read are parked as they came, and those behind them in their partition go on. */
class KafkaRecordsIT {

    /** The good record comes right behind the bad one, so both go to one partition whatever their keys. */
    private static final int PARTITION = 3;

    /** The orders that the bad records speak of; none of them ever moves one. */
    private static final Map<InboundTopic, OrderLife> UNTOUCHED = new EnumMap<>(InboundTopic.class);

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final KeptRows kept = new KeptRows(bed.jdbc());
    private final OperatorClient operator = new OperatorClient(hub);

    /** Spoils a good record. */
    interface Spoil {
        RecordDraft of(RecordDraft good);
    }

    private static final Map<String, Spoil> SPOILT = Map.ofEntries(
            Map.entry("no JSON", good -> good.body("paid, thank you")),
            Map.entry("half of its JSON", good -> good.body(good.text().substring(0, 20))),
            Map.entry("trailing garbage", good -> good.body(good.text() + "x")),
            Map.entry("an empty body", good -> good.body("")),
            Map.entry("no body", good -> good.body((byte[]) null)),
            Map.entry("an unknown field", good -> good.body(good.text().replaceFirst("\\{", "{\"tip\":1,"))),
            Map.entry("a field missing", good -> good.body("{\"orderId\":\"" + good.key() + "\"}")),
            Map.entry("a thousand levels", good -> good.body("[".repeat(1000) + "]".repeat(1000))),
            Map.entry("broken UTF-8", good -> good.body(new byte[] {'{', (byte) 0xC3, '}'})),
            Map.entry("a NUL in its id", good -> good.body(good.text().replace(good.key(), "a\\u0000"))),
            Map.entry("a time that no database has", good -> good.body(good.text().replaceFirst("\"20\\d\\d-",
                    "\"+999999999-"))),
            Map.entry("no key", good -> good.key(null)),
            Map.entry("an empty key", good -> good.key("")),
            Map.entry("another order's key", good -> good.key("another-order")),
            Map.entry("a key with a NUL and a line break", good -> good.key("a\0b\n")),
            Map.entry("an unknown type", good -> good.header("ce_type", "lucky.barista.closed.v1")),
            Map.entry("another topic's type", good -> good.header("ce_type", EventType.ORDER_PAID.type())),
            Map.entry("a type without a value", good -> good.header("ce_type", null)),
            Map.entry("no type", good -> good.withoutHeaders("ce_type")),
            Map.entry("no CloudEvents headers", good -> good.withoutHeaders("ce_")),
            Map.entry("no headers", good -> good.withoutHeaders("")),
            Map.entry("another CloudEvents version", good -> good.header("ce_specversion", "9.9")),
            Map.entry("a version without a value", good -> good.header("ce_specversion", null)),
            Map.entry("a time that is none", good -> good.header("ce_time", "noon")),
            Map.entry("a source that is none", good -> good.header("ce_source", "::: not a URI")),
            Map.entry("structured mode", good -> good.header("content-type", "application/cloudevents+json")),
            Map.entry("an unknown type, and a header of 2 kB that ends in half a character", good -> good
                    .header("ce_type", "lucky.unknown.v1").header("ce_subject", "a".repeat(999) + "😀".repeat(300))),
            Map.entry("an unknown type, and a header that is no text", good -> good
                    .header("ce_type", "lucky.unknown.v1").headerBytes("ce_subject", new byte[] {0, (byte) 0xFF, 0})));

    static Stream<Arguments> spoilt() {
        return Stream.of(InboundTopic.values()).flatMap(inbound -> SPOILT.keySet().stream().sorted()
                .map(how -> Arguments.of(inbound, how)));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void aRecordThatCantBeReadIsParkedAsItCameAndTheNextIsApplied(InboundTopic inbound, String how) {
        assertParkedAndTheNextApplied(inbound, SPOILT.get(how));
    }

    @ParameterizedTest
    @EnumSource
    void ofABodyThatIsTooLargeTheBeginningIsParkedWithItsLengthAndDigest(InboundTopic inbound) throws Exception {
        OrderLife bad = inbound.expecting(bed);
        RecordDraft large = inbound.draft(bad.id());
        large = large.body(large.text() + " ".repeat(100_000)).header("ce_subject", "x".repeat(90_000))
                .header("unknown", "y".repeat(90_000)).header("hub_bytes", "7");

        RecordMetadata place = bed.messages().send(large.on(PARTITION));

        String digest = sha256(large.body());
        assertParked(place, inbound, digest, large.body().length);
        assertGoesOn(inbound);
        assertThat(bad.steps(inbound.arrow)).isEmpty();
        JsonNode shown = operator.parkedOf(bad.id());
        assertThat(shown.get("bodyBytes").asInt()).isEqualTo(large.body().length);
        assertThat(shown.at("/headers/hub_sha256").asString()).isEqualTo(digest);
        assertThat(shown.at("/headers/ce_subject").asString()).hasSize(1_000);
        assertThat(shown.get("headers").has("unknown")).isFalse();

        operator.replay(shown.get("id").asLong());
        assertThat(operator.parkedOf(bad.id()).get("cause").asString()).contains("it can't be replayed");
    }

    /** A broker counts a record's bytes as they are compressed. */
    @Test
    void eightyMegabytesThatCameAsEightyKilobytesHoldUpNothing() throws Exception {
        byte[] zeros = new byte[80 << 20];
        RecordMetadata place = zipped(InboundTopic.MADE.draft("some-order").body(zeros).on(PARTITION));

        assertGoesOn(InboundTopic.MADE);
        assertParked(place, InboundTopic.MADE, sha256(zeros), zeros.length);
    }

    @Test
    void aHundredRecordsOfAMegabyteHoldUpNothing() {
        byte[] large = new byte[900_000];
        Arrays.fill(large, (byte) 'x');
        RecordMetadata last = null;
        for (int i = 0; i < 100; i++) {
            last = zipped(InboundTopic.MADE.draft("a-large-order").body(large).on(PARTITION));
        }

        assertGoesOn(InboundTopic.MADE);
        String source = source(last) + " ";
        // What can be read is applied before the rest of its batch is parked.
        await().untilAsserted(() -> assertThat(kept.parkedFromStarting(source)).hasSize(1));
        assertThat(kept.parkedOf("a-large-order")).hasSize(100);
    }

    /** To take each header out of a list that moves all that follow takes minutes. */
    @Test
    void recordsOfAMillionHeadersAreReadAndHoldUpNothing() {
        OrderLife life = InboundTopic.MADE.expecting(bed);
        RecordMetadata place = zipped(withHeaders(1_000_000,
                InboundTopic.MADE.draft("an-order-with-headers").withoutHeaders("ce_type")));
        zipped(withHeaders(2_000, InboundTopic.MADE.draft(life.id())));

        assertGoesOn(InboundTopic.MADE);
        life.awaitStep(InboundTopic.MADE.arrow, "APPLIED");
        assertThat(kept.parkedFrom(source(place))).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).contains("no CloudEvent"));
    }

    private static ProducerRecord<String, byte[]> withHeaders(int many, RecordDraft draft) {
        ProducerRecord<String, byte[]> record = draft.on(PARTITION);
        for (int i = 0; i < many; i++) {
            record.headers().add("", new byte[0]);
        }
        return record;
    }

    private void assertParked(RecordMetadata place, InboundTopic inbound, String digest, int length) {
        await().untilAsserted(() -> assertThat(kept.parkedFrom(source(place) + " sha256=" + digest)).singleElement()
                .satisfies(parked -> {
                    assertThat(parked.arrow()).isEqualTo(inbound.arrow);
                    assertThat(parked.cause()).contains("larger than 65536 bytes", Integer.toString(length), digest);
                    assertThat(parked.body()).hasSize(64 * 1024);
                }));
    }

    private void assertGoesOn(InboundTopic inbound) {
        OrderLife good = inbound.expecting(bed);
        bed.messages().send(inbound.draft(good.id()).on(PARTITION));
        good.awaitStep(inbound.arrow, "APPLIED");
    }

    private RecordMetadata zipped(ProducerRecord<String, byte[]> record) {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bed.broker().brokers(), "compression.type", "gzip",
                "max.request.size", 100 << 20, "buffer.memory", 100L << 20), new StringSerializer(),
                new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker did not take the record", e);
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @ParameterizedTest
    @EnumSource
    void aRecordFullOfCamelsOrdersIsReadWithoutThem(InboundTopic inbound) {
        OrderLife life = inbound.expecting(bed);
        bed.messages().send(inbound.draft(life.id()).header("CamelKafkaOverrideTopic", "lucky_cancel_making_topic")
                .header("CamelKafkaTopic", "lucky_cancel_making_topic").header("CamelKafkaKey", "another")
                .header("CamelKafkaManualCommit", "x").header("CamelSqlQuery", "DROP TABLE orders")
                .header("kafka.OVERRIDE_TOPIC", "lucky_cancel_making_topic").header("CamelBatchSize", "0").on(PARTITION));

        life.awaitStep(inbound.arrow, "APPLIED");
        assertThat(bed.messages().on("lucky_cancel_making_topic", "another")).isEmpty();
        assertThat(kept.parkedOf(life.id())).isEmpty();
    }

    @Test
    void aRecordThatKafkaDeliversAgainIsParkedOnce() {
        Ledger ledger = bed.hub().getBean(Ledger.class);
        Parked record = new Parked("made", Way.PUSH, null, "as the test has it",
                new Origin("again/0@7", "{}", new byte[] {1}));
        Parked ofATopicMadeAnew = new Parked("made", Way.PUSH, null, "as the test has it",
                new Origin("again/0@7", "{}", new byte[] {2}));

        assertThat(ledger.park(List.of(record))).isEqualTo(1);
        assertThat(ledger.park(List.of(record, ofATopicMadeAnew))).isEqualTo(1);

        assertThat(kept.parkedFrom("again/0@7")).hasSize(2);
    }

    @Test
    void whatIsDurableIsNotReadAgainWhicheverPartitionItStoodIn() {
        List<RecordMetadata> places = Stream.of(1, 5, 9).map(partition -> bed.messages()
                .send(InboundTopic.MADE.draft(InboundTopic.MADE.expecting(bed).id()).on(partition))).toList();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bed.broker().brokers()))) {
            await().untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> next = admin.listConsumerGroupOffsets("lucky-hub-made")
                        .partitionsToOffsetAndMetadata().get();
                assertThat(places).allSatisfy(place -> assertThat(next).hasEntrySatisfying(
                        new TopicPartition(place.topic(), place.partition()),
                        stands -> assertThat(stands.offset()).isGreaterThan(place.offset())));
            });
        }
    }

    @Test
    void aRecordWithoutTheTagOfCourierNewsIsParked() {
        assertParkedAndTheNextApplied(InboundTopic.EXPRESS, good -> good.header("tag", "another"));
        assertParkedAndTheNextApplied(InboundTopic.EXPRESS, good -> good.header("tag", null));
        assertParkedAndTheNextApplied(InboundTopic.EXPRESS, good -> good.withoutHeaders("tag"));
    }

    @ParameterizedTest
    @EnumSource
    void anEventOfAnOrderThatDoesNotExistIsKept(InboundTopic inbound) {
        OrderRequest order = HubClient.anOrder(Kind.DELIVERY);
        bed.messages().send(inbound.draft(order.orderId()).on(PARTITION));

        await().untilAsserted(() -> assertThat(waiting(order)).isEqualTo(1));
        assertThat(kept.parkedOf(order.orderId())).isEmpty();
    }

    @Test
    void anEventOfAnOrderThatDoesNotExistIsAppliedWhenTheOrderIsPaid() {
        OrderRequest order = HubClient.anOrder(Kind.DELIVERY);
        bed.messages().send(InboundTopic.MAKING_STARTED.draft(order.orderId()).on(PARTITION));
        await().untilAsserted(() -> assertThat(waiting(order)).isEqualTo(1));

        assertThat(hub.confirm(order).status()).isEqualTo(201);
        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(waiting(order)).isEqualTo(1);

        assertThat(hub.pay(order).status()).isEqualTo(204);
        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("MAKING");
        assertThat(waiting(order)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"MAKING_STARTED", "MADE", "EXPRESS"})
    void anEventOfAnOrderThatIsNotPaidIsAppliedWhenItIs(InboundTopic inbound) {
        OrderLife life = OrderLife.confirmed(bed, Kind.DELIVERY);
        bed.messages().send(inbound.draft(life.id()).on(PARTITION));
        life.awaitStep(inbound.arrow, "EARLY");
        assertThat(life.now().at("/make/state").asString()).isEqualTo("CONFIRMED");

        assertThat(hub.pay(life.order()).status()).isEqualTo(204);

        assertThat(life.steps(inbound.arrow)).containsExactly("EARLY", "APPLIED");
        assertThat(waiting(life.order())).isZero();
    }

    @Test
    void anEventThatContradictsTheOrderIsParkedWithTheOrderAsItWas() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).started().awaitMake("MAKING");
        MakingStarted second = new MakingStarted(life.id(), "T-another", MakingStarted.Acceptance.MANUAL, Instant.now());
        RecordMetadata place = bed.messages().send(
                RecordDraft.of("lucky_making_started_topic", EventType.MAKING_STARTED, life.id(), second).on(PARTITION));

        life.awaitStep("making-started", "REFUSED");
        assertThat(life.now().at("/make/ticketId").asString()).isEqualTo(life.ticketId());
        assertThat(kept.parkedFrom(source(place))).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).contains("second ticket"));
    }

    private void assertParkedAndTheNextApplied(InboundTopic inbound, Spoil spoil) {
        long before = hub.arrow(inbound.arrow).get("parked").asLong();
        OrderLife bad = UNTOUCHED.computeIfAbsent(inbound, any -> inbound.expecting(bed));
        OrderLife good = inbound.expecting(bed);
        RecordDraft spoilt = spoil.of(inbound.draft(bad.id()));

        RecordMetadata place = bed.messages().send(spoilt.on(PARTITION));
        bed.messages().send(inbound.draft(good.id()).on(PARTITION));

        good.awaitStep(inbound.arrow, "APPLIED");
        await().pollDelay(Duration.ZERO).untilAsserted(() ->
                assertThat(kept.parkedFrom(source(place))).singleElement().satisfies(parked -> {
                    assertThat(parked.arrow()).isEqualTo(inbound.arrow);
                    assertThat(parked.cause()).isNotBlank().doesNotContain("Exception");
                    assertThat(parked.body()).isEqualTo(spoilt.body() == null ? new byte[0] : spoilt.body());
                }));
        await().pollDelay(Duration.ZERO).untilAsserted(() ->
                assertThat(hub.arrow(inbound.arrow).get("parked").asLong()).isEqualTo(before + 1));
        assertThat(bad.steps(inbound.arrow)).isEmpty();
    }

    private static String source(RecordMetadata place) {
        return place.topic() + "/" + place.partition() + "@" + place.offset();
    }

    private long waiting(OrderRequest order) {
        return bed.jdbc().sql("SELECT count(*) FROM early WHERE order_id = :id").param("id", order.orderId())
                .query(Long.class).single();
    }
}
