package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.StrangerClient.assertProblem;
import static testbed.StrangerClient.with;

import contract.Json;
import contract.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.CallbackSignature;
import testbed.HubClient;
import testbed.KeptRows;
import testbed.OrderLife;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Callbacks that are genuine and make no sense: rightly signed, and not what the contract says. */
class CallbackBodyIT {

    private static final String CALLBACK = "/api/payments/callback";
    private static final String KEY = SharedHub.KEYS.get(1);

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final StrangerClient stranger = new StrangerClient(hub);
    private final KeptRows kept = new KeptRows(bed.jdbc());
    private final OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
    private final String good = new String(Json.write(HubClient.payment(life.order())), StandardCharsets.UTF_8);
    private final long payments = kept.payments();
    /** As many as there should be afterwards. */
    private long parked = kept.parked();

    @AfterEach
    void nothingWasAppliedAndTheRightCallbackIsStillWelcome() {
        assertThat(kept.payments()).isEqualTo(payments);
        assertThat(kept.parked()).isEqualTo(parked);
        assertThat(life.steps("payment-callback")).isEmpty();
        assertThat(hub.pay(life.order()).status()).isEqualTo(204);
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED");
    }

    static Map<String, Malform> malformed() {
        return Map.ofEntries(
                Map.entry("an unknown field", good -> good.replace("{", "{\"tip\":1,")),
                Map.entry("a field twice", good -> good.replace("{", "{\"amount\":1300,")),
                Map.entry("a field missing", good -> good.replaceFirst("\"currency\":\"CNY\",", "")),
                Map.entry("trailing garbage", good -> good + "garbage"),
                Map.entry("a second document", good -> good + good),
                Map.entry("half of it", good -> good.substring(0, good.length() / 2)),
                Map.entry("nothing", good -> ""),
                Map.entry("blanks", good -> "  \n "),
                Map.entry("null", good -> "null"),
                Map.entry("a list", good -> "[" + good + "]"),
                Map.entry("a text", good -> "\"paid\""),
                Map.entry("XML", good -> "<paid/>"),
                Map.entry("a thousand levels", good -> good.replace("1300", "[".repeat(1000) + "]".repeat(1000))),
                Map.entry("a thousand levels of nothing else", good -> "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)),
                Map.entry("a fraction", good -> good.replace("1300", "1300.0")),
                Map.entry("an exponent", good -> good.replace("1300", "13e2")),
                Map.entry("a quoted amount", good -> good.replace("1300", "\"1300\"")),
                Map.entry("a negative amount", good -> good.replace("1300", "-1300")),
                Map.entry("zero", good -> good.replace("1300", "0")),
                Map.entry("no amount", good -> good.replace("1300", "null")),
                Map.entry("more than a long", good -> good.replace("1300", "9".repeat(30))),
                Map.entry("ten thousand digits", good -> good.replace("1300", "9".repeat(10_000))),
                Map.entry("a currency in small letters", good -> good.replace("CNY", "cny")),
                Map.entry("an id with a line break", good -> good.replace("P-", "P\\n")),
                Map.entry("an id with a NUL", good -> good.replace("P-", "P\\u0000")),
                Map.entry("an id of half a character", good -> good.replace("P-", "P\\ud83d")),
                Map.entry("an id of 10 kB", good -> good.replace("P-", "P".repeat(10_000))),
                Map.entry("an id that is a number", good -> good.replaceFirst("\"P-[^\"]*\"", "17")),
                Map.entry("a day that isn't", good -> good.replace("2026-01-01", "2026-02-30")),
                Map.entry("a time without a zone", good -> good.replace("00Z", "00")),
                Map.entry("a time that no database has", good -> good.replace("2026-", "+999999999-")),
                Map.entry("a time before the calendar", good -> good.replace("2026-", "-999999999-")),
                Map.entry("a number for a time", good -> good.replaceFirst("\"2026[^\"]*\"", "1e1000000000")));
    }

    /** Takes the good body, as text, and spoils it. */
    interface Malform {
        String of(String good);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedNames")
    void aBodyThatTheContractDoesNotHaveIsRefusedEachTimeAndParkedOnce(String name) {
        byte[] body = malformed().get(name).of(good).getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 2; i++) {
            HubClient.Reply reply = signed(body);
            assertProblem(reply, 400);
            assertThat(reply.json().get("detail").asString()).hasSizeLessThan(500);
        }

        assertThat(kept.parkedAs(body)).filteredOn(one -> one.arrow().equals("payment-callback")).singleElement()
                .satisfies(one -> {
                    assertThat(one.source()).isEqualTo(CALLBACK);
                    assertThat(one.cause()).isNotBlank().doesNotContain("Exception");
                });
        parked++;
    }

    static java.util.stream.Stream<String> malformedNames() {
        return malformed().keySet().stream().sorted();
    }

    @Test
    void aMegabyteIsTooLarge() {
        byte[] body = padded(1 << 20);

        assertProblem(stranger.send("POST", CALLBACK, body, CallbackSignature.headers(body, KEY, Instant.now())), 413);
    }

    @Test
    void aMegabyteInChunksIsTooLargeThoughNobodySaidHowLongItIs() {
        byte[] body = padded(1 << 20);

        assertProblem(stranger.sendChunked("POST", CALLBACK, body, CallbackSignature.headers(body, KEY, Instant.now())), 413);
    }

    @Test
    void brokenUtf8IsNoCallbackThoughItsBytesAreSigned() {
        byte[] body = good.replace("CNY", "C?Y").getBytes(StandardCharsets.UTF_8);
        body[good.indexOf("CNY") + 1] = (byte) 0xC3;

        // The standard signs text: what is none can't be genuine.
        assertProblem(signed(body), 401);
    }

    @Test
    void anotherEncodingThanUtf8IsNoCallback() {
        byte[] body = good.getBytes(StandardCharsets.UTF_16);

        HubClient.Reply reply = signed(body);
        assertThat(reply.status()).isIn(400, 401);
        assertProblem(reply, reply.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/jsonp", "json", "*/*"})
    void anotherContentTypeThanJsonIsRefused(String contentType) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);

        assertProblem(hub.send("POST", CALLBACK, body,
                with(CallbackSignature.headers(body, KEY, Instant.now()), "Content-Type", contentType)), 415);
    }

    @Test
    void aBodyWithoutContentTypeIsRefusedWhateverTheQuerySays() {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = CallbackSignature.headers(body, KEY, Instant.now());
        headers.remove("Content-Type");

        assertProblem(stranger.send("POST", CALLBACK + "?Content-Type=application/json", body, headers), 415);
    }

    @Test
    void aZippedBodyIsNotUnzipped() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (var zip = new java.util.zip.GZIPOutputStream(zipped)) {
            zip.write(good.getBytes(StandardCharsets.UTF_8));
        }
        byte[] body = zipped.toByteArray();

        assertProblem(hub.send("POST", CALLBACK, body,
                with(CallbackSignature.headers(body, KEY, Instant.now()), "Content-Encoding", "gzip")), 415);
        // Nor is what was signed before it was zipped.
        assertProblem(hub.send("POST", CALLBACK, body,
                with(CallbackSignature.headers(good.getBytes(StandardCharsets.UTF_8), KEY, Instant.now()),
                        "Content-Encoding", "gzip")), 415);
    }

    private HubClient.Reply signed(byte[] body) {
        return hub.send("POST", CALLBACK, body, CallbackSignature.headers(body, KEY, Instant.now()));
    }

    /** The good callback, and blanks after it up to this length. */
    private byte[] padded(int length) {
        return (good + " ".repeat(length - good.length())).getBytes(StandardCharsets.UTF_8);
    }
}
