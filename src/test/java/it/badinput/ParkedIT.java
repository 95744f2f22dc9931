package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.assertProblem;

import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import contract.PaymentCallback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import ledger.Ledger;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import testbed.CallbackSignature;
import testbed.HubClient;
import testbed.InboundTopic;
import testbed.OperatorClient;
import testbed.OrderLife;
import testbed.RecordDraft;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** What could not be processed is shown to the operator as it came, and goes its way again when the operator says so. */
class ParkedIT {

    private static final String CALLBACK = "/api/payments/callback";

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final OperatorClient operator = new OperatorClient(hub);

    // ── Shown ────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aRecordIsShownWithItsCauseItsBytesAndWhereItCameFrom() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        Instant before = Instant.now().minusSeconds(60);
        RecordDraft draft = InboundTopic.MADE.draft(life.id()).header("ce_type", "lucky.unknown.v1");
        RecordMetadata place = bed.messages().send(draft.on(2));

        JsonNode shown = awaitParked(life.id());

        assertThat(shown.get("arrow").asString()).isEqualTo("made");
        assertThat(shown.get("way").asString()).isEqualTo("PUSH");
        assertThat(shown.get("cause").asString()).startsWith("its type is not ");
        assertThat(shown.get("source").asString()).isEqualTo("lucky_made_topic/2@" + place.offset());
        assertThat(shown.at("/headers/ce_type").asString()).isEqualTo("lucky.unknown.v1");
        assertThat(shown.get("body").asString()).isEqualTo(draft.text());
        assertThat(shown.get("bodyEncoding").asString()).isEqualTo("text");
        assertThat(shown.get("storeId").asString()).isEqualTo(life.order().storeId());
        assertThat(Instant.parse(shown.get("parkedAt").asString())).isAfter(before);
        assertThat(shown.get("last").isNull()).isTrue();
    }

    @Test
    void aBodyThatIsNoTextIsShownInBase64AndALongOneByItsBeginning() {
        OrderLife binary = OrderLife.paid(bed, Kind.PICKUP);
        bed.messages().send(InboundTopic.MADE.draft(binary.id()).body(new byte[] {'{', (byte) 0xC3, '}'}).on(1));
        OrderLife control = OrderLife.paid(bed, Kind.PICKUP);
        bed.messages().send(InboundTopic.MADE.draft(control.id()).body(new byte[] {'a', 0}).on(1));
        OrderLife longer = OrderLife.paid(bed, Kind.PICKUP);
        bed.messages().send(InboundTopic.MADE.draft(longer.id()).body("x" + "咖".repeat(30_000)).on(1));

        assertThat(awaitParked(binary.id()).get("body").asString()).isEqualTo("e8N9");
        assertThat(awaitParked(control.id()).get("bodyEncoding").asString()).isEqualTo("base64");
        JsonNode shown = awaitParked(longer.id());
        // 16,384 bytes end in the middle of a character.
        assertThat(shown.get("body").asString()).isEqualTo("x" + "咖".repeat(5_461));
        assertThat(shown.get("bodyBytes").asInt()).isEqualTo(90_001);
    }

    @Test
    void aRefusedCallbackIsShownAsItCame() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        byte[] body = ("  " + new String(Json.write(payment(life.order(), 1)), StandardCharsets.UTF_8) + "\n")
                .getBytes(StandardCharsets.UTF_8);

        Map<String, String> headers = CallbackSignature.headers(body, SharedHub.KEYS.get(1), Instant.now());
        assertProblem(hub.send("POST", CALLBACK, body, headers), 422);

        JsonNode shown = operator.parkedOf(life.id());
        assertThat(shown.get("body").asString()).isEqualTo(new String(body, StandardCharsets.UTF_8));
        assertThat(shown.get("source").asString()).isEqualTo(CALLBACK);
        assertThat(shown.at("/headers/webhook-id").asString()).isEqualTo(headers.get("webhook-id"));
    }

    @Test
    void aConflictThatThePaymentSideRepeatsIsParkedOnce() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        PaymentCallback other = payment(life.order(), 1200);

        for (int i = 0; i < 3; i++) {
            assertProblem(hub.callback(other), 409);
        }

        assertThat(operator.parkedOf(life.id()).get("cause").asString()).startsWith("CONFLICT");
    }

    @Test
    void theListIsNarrowedByOrderStoreArrowTimeCauseAndState() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        String id = order.orderId();
        String store = order.storeId();
        park("made", id, "the milk is out 100%");
        park("making-started", id, "the oven is cold");
        long dismissed = operator.parked("order=" + id + "&cause=OVEN").get(0).get("id").asLong();
        operator.dismiss(dismissed, "it is summer");
        String time = operator.parked("order=" + id).get(0).get("parkedAt").asString();

        assertThat(operator.parked("order=" + id)).hasSize(1);
        assertThat(operator.parked("order=" + id + "&state=ALL")).hasSize(2);
        assertThat(operator.parked("order=" + id + "&state=DISMISSED")).singleElement()
                .satisfies(one -> assertThat(one.get("id").asLong()).isEqualTo(dismissed));
        assertThat(operator.parked("order=" + id + "&state=REPLAYED")).isEmpty();
        assertThat(operator.parked("store=" + store)).hasSize(1);
        assertThat(operator.parked("store=" + store + "&arrow=made")).hasSize(1);
        assertThat(operator.parked("store=" + store + "&arrow=making-started")).isEmpty();
        assertThat(operator.parked("store=" + store + "&from=" + time)).hasSize(1);
        assertThat(operator.parked("store=" + store + "&to=" + time)).isEmpty();
        assertThat(operator.parked("store=" + store + "&cause=MILK%20is")).hasSize(1);
        assertThat(operator.parked("store=" + store + "&cause=100%25")).hasSize(1);
        assertThat(operator.parked("store=" + store + "&cause=10_%25")).isEmpty();
    }

    @Test
    void theListIsReadPageByPage() {
        String order = UUID.randomUUID().toString();
        List.of("a", "b", "c").forEach(cause -> park("made", order, cause));

        JsonNode first = hub.get("/api/parked?limit=2&order=" + order, SharedHub.OPERATOR).json();
        JsonNode second = hub.get("/api/parked?limit=2&order=" + order + "&after=" + first.get("next").asLong(),
                SharedHub.OPERATOR).json();

        assertThat(causes(first)).containsExactly("c", "b");
        assertThat(causes(second)).containsExactly("a");
        assertThat(second.get("next").isNull()).isTrue();
    }

    // ── Replayed ─────────────────────────────────────────────────────────────────────────────────────────────────

    /** As if the hub that parked it had had a fault that this one has not. */
    @ParameterizedTest
    @EnumSource
    void aRecordThatItsArrowCanReadNowIsAppliedOnce(InboundTopic inbound) {
        OrderLife life = inbound.expecting(bed);
        park(inbound, inbound.draft(life.id()));
        long id = operator.parkedOf(life.id()).get("id").asLong();

        JsonNode replayed = operator.replay(id);
        JsonNode again = operator.replay(id);

        assertThat(replayed.get("state").asString()).isEqualTo("REPLAYED");
        assertThat(replayed.get("outcome").asString()).isEqualTo("APPLIED");
        assertThat(replayed.get("done").asBoolean()).isTrue();
        assertThat(replayed.get("by").asString()).isEqualTo("operator");
        assertThat(again.get("done").asBoolean()).isFalse();
        assertThat(again.get("at")).isEqualTo(replayed.get("at"));
        assertThat(life.steps(inbound.arrow)).containsExactly("APPLIED");
        assertThat(life.now().get("timeline").valueStream()
                .filter(step -> step.get("arrow").asString().equals(inbound.arrow))
                .map(step -> step.get("way").asString())).containsExactly("REPLAY");
        assertThat(operator.parked("order=" + life.id())).isEmpty();
    }

    @Test
    void aRecordThatItsArrowStillCantReadStaysParked() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY);
        park(InboundTopic.EXPRESS, InboundTopic.EXPRESS.draft(life.id()).header("tag", "another"));
        long id = operator.parkedOf(life.id()).get("id").asLong();

        JsonNode answer = operator.replay(id);

        assertThat(answer.get("state").asString()).isEqualTo("PARKED");
        assertThat(answer.get("done").asBoolean()).isTrue();
        assertThat(answer.get("outcome").isNull()).isTrue();
        assertThat(answer.get("detail").asString()).isEqualTo("its tag is not luckyorder_express");
        JsonNode shown = operator.parkedOf(life.id());
        assertThat(shown.get("attempts").asInt()).isEqualTo(1);
        assertThat(shown.at("/last/by").asString()).isEqualTo("operator");
        assertThat(life.steps("express-sync")).isEmpty();
    }

    @Test
    void aMessageOfAnArrowThatIsNotDeployedStaysParkedAndSaysSo() {
        String order = UUID.randomUUID().toString();
        park("a-former-arrow", order, "no longer known");
        park("push-order", order, "never read");

        assertThat(operator.replay(id(order, "a-former-arrow")).get("detail").asString())
                .contains("a-former-arrow is not deployed");
        assertThat(operator.replay(id(order, "push-order")).get("detail").asString()).contains("tells the ledger nothing");
    }

    @Test
    void aMalformedCallbackIsReadAgainByTheCallbacksRules() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        byte[] body = Json.write(HubClient.payment(order));
        bed.hub().getBean(Ledger.class).park(List.of(new Parked("payment-callback", Way.PUSH, order.orderId(),
                "as a former hub had it", new Origin(CALLBACK, "{}", body))));

        assertThat(operator.replay(id(order.orderId(), "payment-callback")).get("outcome").asString())
                .isEqualTo("APPLIED");

        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("PAID");
        await().untilAsserted(() -> assertThat(
                bed.messages().on("lucky_order_to_barista_topic", order.orderId())).hasSize(1));
    }

    @Test
    void twoOperatorsReplayTheSameMessageAtOnce() {
        for (int i = 0; i < 10; i++) {
            OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
            park(InboundTopic.MADE, InboundTopic.MADE.draft(life.id()));
            long id = operator.parkedOf(life.id()).get("id").asLong();

            List<JsonNode> answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> operator.replay(id)))
                    .limit(2).toList().stream().map(CompletableFuture::join).toList();

            assertThat(answers).extracting(answer -> answer.get("done").asBoolean())
                    .containsExactlyInAnyOrder(true, false);
            assertThat(answers).allSatisfy(answer ->
                    assertThat(answer.get("outcome").asString()).isEqualTo("APPLIED"));
            assertThat(life.steps("made")).containsExactly("APPLIED");
        }
    }

    @Test
    void whatAFilterFindsIsReplayedOldestFirstAndInPortions() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        park(InboundTopic.MAKING_STARTED, InboundTopic.MAKING_STARTED.draft(life.id()));
        park(InboundTopic.MADE, InboundTopic.MADE.draft(life.id()));
        park("making-started", life.id(), "no JSON");
        Map<String, String> filter = Map.of("order", life.id());

        JsonNode first = operator.send("replay", Map.of("filter", filter, "limit", 1)).json();
        assertThat(life.steps("making-started")).containsExactly("APPLIED");
        JsonNode rest = operator.send("replay", Map.of("filter", filter, "after", first.get("next").asLong())).json();

        assertThat(life.steps("made")).containsExactly("APPLIED");
        assertThat(rest.get("messages").valueStream().map(one -> one.get("state").asString()))
                .containsExactly("REPLAYED", "PARKED");
        assertThat(rest.get("next").isNull()).isTrue();
    }

    // ── Dismissed, and refunds ───────────────────────────────────────────────────────────────────────────────────

    @Test
    void aDismissedMessageSaysWhoAndWhyAndIsNoLongerReplayed() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        park(InboundTopic.MADE, InboundTopic.MADE.draft(life.id()));
        long id = operator.parkedOf(life.id()).get("id").asLong();

        assertThat(operator.dismiss(id, "made by hand").get("state").asString()).isEqualTo("DISMISSED");
        JsonNode again = operator.dismiss(id, "another reason");
        JsonNode replay = operator.replay(id);

        assertThat(again.get("done").asBoolean()).isFalse();
        assertThat(again.get("detail").asString()).isEqualTo("made by hand");
        assertThat(replay.get("state").asString()).isEqualTo("DISMISSED");
        assertThat(life.steps("made")).isEmpty();
        assertThat(operator.parked("order=" + life.id() + "&state=ALL")).singleElement().satisfies(one -> {
            assertThat(one.at("/last/by").asString()).isEqualTo("operator");
            assertThat(one.at("/last/reason").asString()).isEqualTo("made by hand");
        });
    }

    @Test
    void thePaymentOfACancelledOrderIsListedAsDueBackAndInItsTimeline() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        assertThat(hub.cancel(life.id()).status()).isEqualTo(202);
        life.cancelDecided(contract.CancelOutcome.Decision.CANCELLED).awaitCancel("CANCELLED");

        assertThat(life.steps("cancel-outcome")).containsExactly("APPLIED", "REFUND_DUE");
        assertThat(refunds()).filteredOn(refund -> refund.get("orderId").asString().equals(life.id())).singleElement()
                .satisfies(refund -> {
                    assertThat(refund.get("paymentId").asString()).isEqualTo("P-" + life.id());
                    assertThat(refund.get("amount").asLong()).isEqualTo(1300);
                    assertThat(refund.get("why").asString()).isEqualTo("the order was cancelled");
                });
        assertThat(operator.parked("order=" + life.id())).isEmpty();
    }

    private List<JsonNode> refunds() {
        List<JsonNode> refunds = new java.util.ArrayList<>();
        String after = "";
        do {
            JsonNode page = hub.get("/api/refunds?limit=2" + after, SharedHub.OPERATOR).json();
            page.get("refunds").forEach(refunds::add);
            after = page.get("next").isNull() ? null : "&after=" + page.get("next").asString();
        } while (after != null);
        return refunds;
    }

    private JsonNode awaitParked(String orderId) {
        await().untilAsserted(() -> assertThat(operator.parked("order=" + orderId)).hasSize(1));
        return operator.parkedOf(orderId);
    }

    private long id(String orderId, String arrow) {
        return operator.parked("order=" + orderId + "&arrow=" + arrow).get(0).get("id").asLong();
    }

    private void park(String arrow, String orderId, String cause) {
        bed.hub().getBean(Ledger.class).park(List.of(new Parked(arrow, Way.PUSH, orderId, cause,
                new Origin("test/0@" + UUID.randomUUID(), "{}", cause.getBytes(StandardCharsets.UTF_8)))));
    }

    /** The record as the hub keeps one that it can't read. */
    private void park(InboundTopic inbound, RecordDraft draft) {
        Map<String, String> headers = new LinkedHashMap<>();
        draft.headers().forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
        bed.hub().getBean(Ledger.class).park(List.of(new Parked(inbound.arrow, Way.PUSH, draft.key(), "a former fault",
                new Origin(inbound.topic + "/0@" + UUID.randomUUID(),
                        new String(Json.write(headers), StandardCharsets.UTF_8), draft.body()))));
    }

    private static PaymentCallback payment(OrderRequest order, long amount) {
        return new PaymentCallback("P-" + order.orderId(), order.orderId(), amount, "CNY", Instant.now());
    }

    private static List<String> causes(JsonNode page) {
        return page.get("messages").valueStream().map(one -> one.get("cause").asString()).toList();
    }
}
