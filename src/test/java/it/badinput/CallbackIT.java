package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.assertProblem;
import static testbed.StrangerClient.with;

import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import contract.PaymentCallback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.CallbackSignature;
import testbed.HubClient;
import testbed.KeptRows;
import testbed.OrderLife;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Whose word the hub takes that an order is paid, and what it does with one that contradicts what it knows. */
class CallbackIT {

    private static final String CALLBACK = "/api/payments/callback";
    private static final String RETIRING = SharedHub.KEYS.get(0);
    private static final String KEY = SharedHub.KEYS.get(1);
    private static final String ANOTHER_KEY = "whsec_c29tZW9uZS1lbHNlcy1rZXktZW50aXJlbHk=";

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final StrangerClient stranger = new StrangerClient(hub);
    private final KeptRows kept = new KeptRows(bed.jdbc());

    // ── Whose word it is ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void anUnsignedCallbackIsRejectedAndCounted() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertRejected(life, StrangerClient.JSON, body(life));
    }

    @Test
    void aCallbackSignedWithSomeoneElsesKeyIsRejectedAndCounted() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertRejected(life, CallbackSignature.headers(body(life), ANOTHER_KEY, Instant.now()), body(life));
    }

    @Test
    void aCallbackSixMinutesOldIsRejectedAndCounted() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertRejected(life, CallbackSignature.headers(body(life), KEY, Instant.now().minus(Duration.ofMinutes(6))), body(life));
    }

    @Test
    void aCallbackSixMinutesFromTheFutureIsRejectedAndCounted() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertRejected(life, CallbackSignature.headers(body(life), KEY, Instant.now().plus(Duration.ofMinutes(6))), body(life));
    }

    @Test
    void aCallerIsToldHowFarItsClockIsOffAndNothingOfKeysOrHeaders() {
        byte[] body = body(OrderLife.confirmed(bed, Kind.PICKUP));
        Instant late = Instant.now().minus(Duration.ofMinutes(10));
        double clock = rejected("clock");
        double key = rejected("key");
        double header = rejected("header");

        assertThat(detail(body, CallbackSignature.headers(body, KEY, late))).containsPattern("is 60[0-9] s behind this hub's clock");
        String ofKey = detail(body, CallbackSignature.headers(body, ANOTHER_KEY, Instant.now()));
        Map<String, String> without = CallbackSignature.headers(body, KEY, Instant.now());
        without.remove("webhook-id");
        assertThat(detail(body, without)).as("a forger learns nothing of the one from the other").isEqualTo(ofKey);

        assertThat(List.of(rejected("clock") - clock, rejected("key") - key, rejected("header") - header))
                .containsOnly(1.0);
    }

    private String detail(byte[] body, Map<String, String> headers) {
        HubClient.Reply reply = hub.send("POST", CALLBACK, body, headers);
        assertProblem(reply, 401);
        return reply.json().get("detail").asString();
    }

    private double rejected(String reason) {
        return bed.hub().getBean(MeterRegistry.class).get("hub.callbacks.rejected").tag("reason", reason).counter().count();
    }

    @Test
    void aBodyThatWasChangedAfterSigningIsRejectedAndCounted() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        byte[] changed = Json.write(new PaymentCallback("P-x" + life.id(), life.id(), 1300, "CNY", Instant.now()));

        assertRejected(life, CallbackSignature.headers(body(life), KEY, Instant.now()), changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aCallbackWithAnyOfTheThreeHeadersMissingIsRejectedAndCounted(String missing) {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = CallbackSignature.headers(body(life), KEY, Instant.now());
        headers.remove(missing);

        assertRejected(life, headers, body(life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v1,not base64!", "v2,AAAA", ",,, ,", "v1,AAAA v1,BBBB"})
    void aSignatureThatIsNoneIsRejectedAndCounted(String signature) {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = CallbackSignature.headers(body(life), KEY, Instant.now());

        assertRejected(life, with(headers, "webhook-signature", signature), body(life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "1e9", "99999999999999999999", "2026-01-01T00:00:00Z"})
    void aTimestampThatIsNoneIsRejectedAndCounted(String timestamp) {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = CallbackSignature.headers(body(life), KEY, Instant.now());

        assertRejected(life, with(headers, "webhook-timestamp", timestamp), body(life));
    }

    @Test
    void theSignatureCountsInTheHeadersOnlyAndNotAsQueryParameters() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = CallbackSignature.headers(body(life), KEY, Instant.now());
        String query = "?webhook-id=" + headers.get("webhook-id") + "&webhook-timestamp="
                + headers.get("webhook-timestamp") + "&webhook-signature="
                + headers.get("webhook-signature").replace("+", "%2B").replace("=", "%3D");

        assertProblem(stranger.send("POST", CALLBACK + query, body(life), StrangerClient.JSON), 401);
        assertNothingRecorded(life);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void eitherKeyWillDoWhileTheyAreBeingChanged(int key) {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertThat(hub.signed(body(life), SharedHub.KEYS.get(key), Instant.now()).status()).isEqualTo(204);
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED");
    }

    @Test
    void oneGoodSignatureAmongSeveralWillDo() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = CallbackSignature.headers(body(life), RETIRING, Instant.now());
        String several = "v1,AAAA " + headers.get("webhook-signature");

        assertThat(hub.send("POST", CALLBACK, body(life), with(headers, "webhook-signature", several)).status())
                .isEqualTo(204);
    }

    // ── What it says ─────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aPaymentReportedTwiceHasOneEffect() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertThat(hub.pay(life.order()).status()).isEqualTo(204);
        assertThat(hub.pay(life.order()).status()).isEqualTo(204);

        assertThat(life.steps("payment-callback")).containsExactly("APPLIED", "DUPLICATE");
        assertThat(kept.payment("P-" + life.id())).containsExactly(life.id() + " APPLIED");
        life.awaitStep("push-order", "SENT");
        assertThat(life.steps("push-order")).hasSize(1);
        assertThat(kept.parkedOf(life.id())).isEmpty();
    }

    @Test
    void aPaymentIdThatComesAgainForAnotherOrderIsRefusedRecordedAndParked() {
        OrderLife first = OrderLife.paid(bed, Kind.PICKUP);
        OrderLife second = OrderLife.confirmed(bed, Kind.PICKUP);
        PaymentCallback stolen = paid("P-" + first.id(), second.order(), 1300, "CNY");

        assertProblem(hub.callback(stolen), 409);

        assertThat(second.now().at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(second.steps("payment-callback")).containsExactly("CONFLICT");
        assertThat(kept.payment("P-" + first.id())).containsExactly(first.id() + " APPLIED");
        assertThat(kept.parkedOf(second.id())).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).startsWith("CONFLICT"));
    }

    @Test
    void aPaymentIdThatComesAgainWithAnotherAmountIsRefusedRecordedAndParked() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        assertProblem(hub.callback(paid("P-" + life.id(), life.order(), 1200, "CNY")), 409);

        assertThat(life.now().at("/make/state").asString()).isEqualTo("PAID");
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED", "CONFLICT");
        assertThat(kept.payment("P-" + life.id())).containsExactly(life.id() + " APPLIED");
        assertThat(kept.parkedOf(life.id())).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).startsWith("CONFLICT"));
    }

    @Test
    void anotherAmountThanTheOrdersIsRefusedTheSameWayEachTime() {
        assertRefused(1299, "CNY");
    }

    @Test
    void anotherCurrencyThanTheOrdersIsRefusedTheSameWayEachTime() {
        assertRefused(1300, "USD");
    }

    @Test
    void aSecondPaymentOfAPaidOrderIsDueBack() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        PaymentCallback second = paid("P2-" + life.id(), life.order(), 1300, "CNY");

        assertThat(hub.callback(second).status()).isEqualTo(204);
        assertThat(hub.callback(second).status()).isEqualTo(204);

        assertThat(kept.payment("P2-" + life.id())).containsExactly(life.id() + " REFUND_DUE");
        assertThat(kept.payment("P-" + life.id())).containsExactly(life.id() + " APPLIED");
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED", "REFUND_DUE", "DUPLICATE");
        assertThat(life.now().at("/make/paymentId").asString()).isEqualTo("P-" + life.id());
        assertThat(kept.parkedOf(life.id())).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).startsWith("REFUND_DUE"));
    }

    @Test
    void aPaymentThatIsFasterThanItsOrderIsAppliedWhenTheOrderComes() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.pay(order).status()).isEqualTo(204);
        assertThat(hub.pay(order).status()).isEqualTo(204);
        assertThat(kept.payment("P-" + order.orderId())).containsExactly(order.orderId() + " EARLY");

        assertThat(hub.confirm(order).status()).isEqualTo(201);

        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("PAID");
        assertThat(kept.payment("P-" + order.orderId())).containsExactly(order.orderId() + " APPLIED");
        await().untilAsserted(() -> assertThat(
                bed.messages().on("lucky_order_to_barista_topic", order.orderId())).hasSize(1));
        assertThat(hub.pay(order).status()).isEqualTo(204);
    }

    @Test
    void anEarlyPaymentOfAnotherAmountIsRefusedWhenTheOrderComes() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        PaymentCallback tooLittle = paid("P-" + order.orderId(), order, 1, "CNY");
        assertThat(hub.callback(tooLittle).status()).isEqualTo(204);

        assertThat(hub.confirm(order).status()).isEqualTo(201);

        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(kept.payment("P-" + order.orderId())).containsExactly(order.orderId() + " REFUND_DUE");
        assertThat(kept.parkedOf(order.orderId())).hasSize(1);
        assertProblem(hub.callback(tooLittle), 422);
    }

    private void assertRefused(long amount, String currency) {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        PaymentCallback wrong = paid("P-wrong-" + life.id(), life.order(), amount, currency);

        assertProblem(hub.callback(wrong), 422);
        assertProblem(hub.callback(wrong), 422);

        assertThat(life.now().at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(life.steps("payment-callback")).containsExactly("REFUSED", "DUPLICATE");
        assertThat(kept.payment("P-wrong-" + life.id())).containsExactly(life.id() + " REFUND_DUE");
        assertThat(kept.parkedOf(life.id())).singleElement()
                .satisfies(parked -> assertThat(parked.cause()).startsWith("REFUSED"));
        // The right payment is still welcome.
        assertThat(hub.pay(life.order()).status()).isEqualTo(204);
        assertThat(life.now().at("/make/state").asString()).isEqualTo("PAID");
    }

    private void assertRejected(OrderLife life, Map<String, String> headers, byte[] body) {
        double before = rejected();
        HubClient.Reply reply = hub.send("POST", CALLBACK, body, headers);

        assertProblem(reply, 401);
        assertThat(rejected()).isEqualTo(before + 1);
        assertNothingRecorded(life);
    }

    private void assertNothingRecorded(OrderLife life) {
        assertThat(life.now().at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(life.steps("payment-callback")).isEmpty();
        assertThat(kept.payment("P-" + life.id())).isEmpty();
        assertThat(kept.parkedOf(life.id())).isEmpty();
    }

    private double rejected() {
        return bed.hub().getBean(MeterRegistry.class).get("hub.callbacks.rejected").counters().stream()
                .mapToDouble(Counter::count).sum();
    }

    private static PaymentCallback paid(String paymentId, OrderRequest order, long amount, String currency) {
        return new PaymentCallback(paymentId, order.orderId(), amount, currency, Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static byte[] body(OrderLife life) {
        return Json.write(HubClient.payment(life.order()));
    }
}
