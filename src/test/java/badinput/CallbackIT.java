package badinput;

import static badinput.Stranger.assertProblem;
import static badinput.Stranger.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import testbed.Bed;
import testbed.HubClient;
import testbed.Life;

/** Whose word the hub takes that an order is paid, and what it does with one that contradicts what it knows. */
class CallbackIT {

    private static final String CALLBACK = "/api/payments/callback";
    private static final String RETIRING = Bed.KEYS.get(0);
    private static final String KEY = Bed.KEYS.get(1);
    private static final String ANOTHER_KEY = "whsec_c29tZW9uZS1lbHNlcy1rZXktZW50aXJlbHk=";

    private final Bed bed = Bed.shared();
    private final HubClient hub = bed.client();
    private final Stranger stranger = new Stranger(hub);
    private final Kept kept = new Kept(bed.jdbc());

    // ── Whose word it is ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void anUnsignedCallbackIsRejectedAndCounted() {
        Life life = Life.confirmed(bed, Kind.PICKUP);

        assertRejected(life, Stranger.JSON, body(life));
    }

    @Test
    void aCallbackSignedWithSomeoneElsesKeyIsRejectedAndCounted() {
        Life life = Life.confirmed(bed, Kind.PICKUP);

        assertRejected(life, Signature.headers(body(life), ANOTHER_KEY, Instant.now()), body(life));
    }

    @Test
    void aCallbackSixMinutesOldIsRejectedAndCounted() {
        Life life = Life.confirmed(bed, Kind.PICKUP);

        assertRejected(life, Signature.headers(body(life), KEY, Instant.now().minus(Duration.ofMinutes(6))), body(life));
    }

    @Test
    void aCallbackSixMinutesFromTheFutureIsRejectedAndCounted() {
        Life life = Life.confirmed(bed, Kind.PICKUP);

        assertRejected(life, Signature.headers(body(life), KEY, Instant.now().plus(Duration.ofMinutes(6))), body(life));
    }

    @Test
    void aCallerIsToldHowFarItsClockIsOffAndNothingOfKeysOrHeaders() {
        byte[] body = body(Life.confirmed(bed, Kind.PICKUP));
        Instant late = Instant.now().minus(Duration.ofMinutes(10));
        double clock = rejected("clock");
        double key = rejected("key");
        double header = rejected("header");

        assertThat(detail(body, Signature.headers(body, KEY, late))).containsPattern("is 60[0-9] s behind this hub's clock");
        String ofKey = detail(body, Signature.headers(body, ANOTHER_KEY, Instant.now()));
        Map<String, String> without = Signature.headers(body, KEY, Instant.now());
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
        Life life = Life.confirmed(bed, Kind.PICKUP);
        byte[] changed = Json.write(new PaymentCallback("P-x" + life.id(), life.id(), 1300, "CNY", Instant.now()));

        assertRejected(life, Signature.headers(body(life), KEY, Instant.now()), changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aCallbackWithAnyOfTheThreeHeadersMissingIsRejectedAndCounted(String missing) {
        Life life = Life.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = Signature.headers(body(life), KEY, Instant.now());
        headers.remove(missing);

        assertRejected(life, headers, body(life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v1,not base64!", "v2,AAAA", ",,, ,", "v1,AAAA v1,BBBB"})
    void aSignatureThatIsNoneIsRejectedAndCounted(String signature) {
        Life life = Life.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = Signature.headers(body(life), KEY, Instant.now());

        assertRejected(life, with(headers, "webhook-signature", signature), body(life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "1e9", "99999999999999999999", "2026-01-01T00:00:00Z"})
    void aTimestampThatIsNoneIsRejectedAndCounted(String timestamp) {
        Life life = Life.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = Signature.headers(body(life), KEY, Instant.now());

        assertRejected(life, with(headers, "webhook-timestamp", timestamp), body(life));
    }

    @Test
    void theSignatureCountsInTheHeadersOnlyAndNotAsQueryParameters() {
        Life life = Life.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = Signature.headers(body(life), KEY, Instant.now());
        String query = "?webhook-id=" + headers.get("webhook-id") + "&webhook-timestamp="
                + headers.get("webhook-timestamp") + "&webhook-signature="
                + headers.get("webhook-signature").replace("+", "%2B").replace("=", "%3D");

        assertProblem(stranger.send("POST", CALLBACK + query, body(life), Stranger.JSON), 401);
        assertNothingRecorded(life);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void eitherKeyWillDoWhileTheyAreBeingChanged(int key) {
        Life life = Life.confirmed(bed, Kind.PICKUP);

        assertThat(hub.signed(body(life), Bed.KEYS.get(key), Instant.now()).status()).isEqualTo(204);
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED");
    }

    @Test
    void oneGoodSignatureAmongSeveralWillDo() {
        Life life = Life.confirmed(bed, Kind.PICKUP);
        Map<String, String> headers = Signature.headers(body(life), RETIRING, Instant.now());
        String several = "v1,AAAA " + headers.get("webhook-signature");

        assertThat(hub.send("POST", CALLBACK, body(life), with(headers, "webhook-signature", several)).status())
                .isEqualTo(204);
    }

    // ── What it says ─────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aPaymentReportedTwiceHasOneEffect() {
        Life life = Life.confirmed(bed, Kind.PICKUP);

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
        Life first = Life.paid(bed, Kind.PICKUP);
        Life second = Life.confirmed(bed, Kind.PICKUP);
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
        Life life = Life.paid(bed, Kind.PICKUP);

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
        Life life = Life.paid(bed, Kind.PICKUP);
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
        Life life = Life.confirmed(bed, Kind.PICKUP);
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

    private void assertRejected(Life life, Map<String, String> headers, byte[] body) {
        double before = rejected();
        HubClient.Reply reply = hub.send("POST", CALLBACK, body, headers);

        assertProblem(reply, 401);
        assertThat(rejected()).isEqualTo(before + 1);
        assertNothingRecorded(life);
    }

    private void assertNothingRecorded(Life life) {
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

    private static byte[] body(Life life) {
        return Json.write(HubClient.payment(life.order()));
    }
}
