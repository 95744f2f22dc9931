package simulators.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import contract.Json;
import contract.PaymentApi;
import contract.PaymentCallback;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.faults.Rule;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Place;
import simulators.wire.RetryDelays;

/** The payment system against a listener that stands where the hub would. */
class PaymentTest {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private record Heard(String webhookId, Map<String, List<String>> headers, String body) {
    }

    @TempDir
    Path folder;

    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer listener;

    @BeforeEach
    void listen() throws Exception {
        listener = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        listener.createContext("/api/payments/callback", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(new Heard(exchange.getRequestHeaders().getFirst("webhook-id"), exchange.getRequestHeaders(), body));
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            exchange.close();
        });
        listener.start();
    }

    @AfterEach
    void hangUp() {
        listener.stop(0);
    }

    private Payment payment(String... faults) {
        RetryDelays quick = new RetryDelays(Duration.ofMillis(10), Duration.ofMillis(40));
        Place place = Place.of(folder.resolve("payment.jsonl"), 1)
                .withFaults(java.util.Arrays.stream(faults).map(Rule::parse).toList());
        return new Payment(new PaymentSettings(place,
                URI.create("http://127.0.0.1:" + listener.getAddress().getPort()), KEY, Duration.ofSeconds(5), quick,
                quick, 3));
    }

    private static int pay(Payment payment, String orderId, long amount) throws Exception {
        return pay(payment, orderId, amount, null);
    }

    private static int pay(Payment payment, String orderId, long amount, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(payment.url().resolve("/payments"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(new PaymentRequest(orderId, amount, "CNY", key)))).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static PaymentApi.PaymentsAnswer query(Payment payment, String... orderIds) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(payment.url().resolve("/payments/queries"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(new PaymentApi.PaymentsRequest(List.of(orderIds))))).build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.read(answer.body(), PaymentApi.PaymentsAnswer.class);
    }

    private static List<Entry> entries(Payment payment, What what) {
        return payment.journal().entries().stream().filter(entry -> entry.what() == what).toList();
    }

    private static void awaitEntries(Payment payment, What what, int number) {
        await().untilAsserted(() -> assertThat(entries(payment, what)).hasSize(number));
    }

    @Test
    void aPaymentIsToldOnceSignedWithTheStandardsOwnLibrary() throws Exception {
        try (Payment payment = payment()) {
            assertThat(pay(payment, "81", 1_990)).isEqualTo(201);
            awaitEntries(payment, What.CALLBACK_ACKNOWLEDGED, 1);
            Heard callback = heard.remove();
            Map<String, List<String>> headers = new java.util.HashMap<>();
            callback.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
            new Webhook(KEY).verify(callback.body(), headers);
            PaymentCallback body = Json.read(callback.body().getBytes(StandardCharsets.UTF_8), PaymentCallback.class);
            assertThat(body.orderId()).isEqualTo("81");
            assertThat(body.amount()).isEqualTo(1_990);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void itIsRepeatedUnderTheSameIdUntilItIsAcknowledged() throws Exception {
        answers.addAll(List.of(500, 503, 500, 502, 204));
        try (Payment payment = payment()) {
            pay(payment, "81", 1_990);
            awaitEntries(payment, What.CALLBACK_ACKNOWLEDGED, 1);
            assertThat(entries(payment, What.CALLBACK_FAILED)).hasSize(4);
            assertThat(heard).extracting(Heard::webhookId).hasSize(5).containsOnly("msg_P1-81");
            assertThat(heard).extracting(Heard::body).containsOnly(heard.peek().body());
            assertThat(payment.unacknowledged()).isZero();
        }
    }

    @Test
    void aRefusalIsRepeatedAFewTimesOnly() throws Exception {
        answers.addAll(List.of(400, 400, 400));
        try (Payment payment = payment()) {
            pay(payment, "81", 1_990);
            awaitEntries(payment, What.CALLBACK_GIVEN_UP, 1);
            assertThat(entries(payment, What.CALLBACK_REFUSED)).hasSize(3);
        }
    }

    @Test
    void aPaymentNotYetAcknowledgedIsToldAfterARestart() throws Exception {
        int port = listener.getAddress().getPort();
        listener.stop(0);
        try (Payment payment = payment()) {
            pay(payment, "81", 1_990);
            await().untilAsserted(() -> assertThat(entries(payment, What.CALLBACK_FAILED)).isNotEmpty());
            assertThat(payment.unacknowledged()).isEqualTo(1);
        }
        listener = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        listener.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        try (Payment payment = payment()) {
            awaitEntries(payment, What.CALLBACK_ACKNOWLEDGED, 1);
        }
    }

    @Test
    void payingTheSameOrderAgainIsTheSamePayment() throws Exception {
        try (Payment payment = payment()) {
            assertThat(pay(payment, "81", 1_990)).isEqualTo(201);
            assertThat(pay(payment, "81", 1_990)).isEqualTo(200);
            assertThat(pay(payment, "81", 2_000)).isEqualTo(409);
            assertThat(entries(payment, What.PAYMENT_TAKEN)).hasSize(1);
        }
    }

    @Test
    void aDoubledCallbackIsHeardTwiceAndALostOneNever() throws Exception {
        try (Payment payment = payment("double=1@callbacks")) {
            pay(payment, "81", 1_990);
            await().until(() -> heard.size() == 2);
            payment.faults().set(List.of(Rule.parse("lose=1@callbacks")));
            pay(payment, "82", 1_990);
            payment.faults().set(List.of());
            pay(payment, "83", 1_990);
            await().until(() -> heard.size() == 3);
            assertThat(heard).extracting(Heard::webhookId).doesNotContain("msg_P1-82");
            await().until(() -> payment.unacknowledged() == 0);
        }
    }

    @Test
    void aPaymentWhoseCallbackIsLostIsThereToBeAskedForAlsoAfterARestart() throws Exception {
        PaymentApi.PaymentsAnswer answer;
        try (Payment payment = payment("lose=1@callbacks")) {
            pay(payment, "81", 1_990);
            answer = query(payment, "81", "82");
            assertThat(answer.payments()).extracting(PaymentCallback::paymentId).containsExactly("P1-81");
            assertThat(answer.unpaid()).containsExactly("82");
        }
        try (Payment payment = payment()) {
            assertThat(query(payment, "81", "82")).isEqualTo(answer);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aLaterPaymentCanBeLostWhereTheFirstIsToldAndWhatIsAskedForIsWrittenDown() throws Exception {
        try (Payment payment = payment("lose=1@later-callbacks")) {
            pay(payment, "81", 1_980);
            pay(payment, "81", 1_990, "81-rightly");
            awaitEntries(payment, What.CALLBACK_ACKNOWLEDGED, 1);
            assertThat(heard).extracting(Heard::webhookId).containsExactly("msg_P1-81");
            assertThat(payment.unacknowledged()).isZero();

            assertThat(query(payment, "81").payments()).extracting(PaymentCallback::paymentId)
                    .containsExactly("P1-81", "P2-81");
            assertThat(entries(payment, What.PAYMENT_TOLD)).extracting(Entry::id).containsExactly("P1-81", "P2-81");
        }
        try (Payment payment = payment()) {
            assertThat(payment.unacknowledged()).isZero();
        }
    }

    @Test
    void whenDownItWaitsAndLosesNothing() throws Exception {
        try (Payment payment = payment("down=1@callbacks")) {
            pay(payment, "81", 1_990);
            await().until(() -> !entries(payment, What.FAULT).isEmpty());
            assertThat(heard).isEmpty();
            payment.faults().set(List.of());
            awaitEntries(payment, What.CALLBACK_ACKNOWLEDGED, 1);
        }
    }
}
