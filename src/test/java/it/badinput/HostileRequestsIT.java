package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import testbed.HubClient;
import testbed.SharedHub;

/** A request that no contract has is its caller's fault, and costs one line of the log at most and no stack trace. */
class HostileRequestsIT {

    private static final int REPEATS = 20;
    /** For all repeats of one request together. */
    private static final int MOST_LOGGED = 1_000;
    private static final String CALLBACK = "POST /api/payments/callback HTTP/1.1\r\nHost: hub\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();

    static Map<String, String> requests() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("a date that is none", get("/", "If-Modified-Since: \u0080"));
        all.put("a date that is none, at the contract", get("/api/openapi.yaml", "If-Modified-Since: \u0080"));
        all.put("a date in words", get("/", "If-Modified-Since: yesterday"));
        all.put("another date that is none", get("/page/main.js", "If-Unmodified-Since: \u0080"));
        all.put("a signature's id of no character", CALLBACK + JSON + "webhook-id: \u0080\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a signature's time of no character",
                CALLBACK + JSON + "webhook-timestamp: \u0080\r\nContent-Length: 2\r\n\r\n{}");
        all.put("an encoded letter", get("/%61pi/x", ""));
        all.put("an encoded letter of the callback",
                CALLBACK.replace("payments", "%70ayments") + JSON + "Content-Length: 2\r\n\r\n{}");
        all.put("a parameter of the path", get("/api;x/arrows", ""));
        all.put("a parameter of the callback's path",
                CALLBACK.replace("callback", "callback;a=b") + JSON + "Content-Length: 2\r\n\r\n{}");
        all.put("an encoded slash", get("/api%2Farrows", ""));
        all.put("an encoded backslash", get("/api%5Carrows", ""));
        all.put("an encoded percent", get("/api/%2561rrows", ""));
        all.put("an encoded dot", get("/api/%2e%2e/livez", ""));
        all.put("an encoded NUL", get("/api/x%00", ""));
        all.put("an encoded line break", get("/api/x%0d%0aX:y", ""));
        all.put("half an encoding", get("/api/%6", ""));
        all.put("no UTF-8", get("/api/%ff", ""));
        all.put("no UTF-8 of the page", get("/page/%ff", ""));
        all.put("a segment . before the API", get("/./api/arrows", ""));
        all.put("a segment .. before the API", get("/x/../api/arrows", ""));
        all.put("a segment .. from a probe to the API", get("/livez/../api/arrows", ""));
        all.put("segments .. at the end", get("/api/..", ""));
        all.put("a long path", get("/api/" + "a/".repeat(3_000) + "b", ""));
        all.put("a long path of the page", get("/page/" + "a/".repeat(3_000) + "b", ""));
        all.put("a control character in a header", get("/", "X-Y: a\u0001b"));
        all.put("a header of Latin-1 control characters", get("/", "X-Y: \u0085\u009f"));
        all.put("a name of a header that is none", get("/", "X Y: a"));
        all.put("a header without a colon", get("/", "XY"));
        all.put("a range that is none", get("/page/main.js", "Range: bytes=z-"));
        all.put("ranges beyond the end", get("/page/main.js", "Range: bytes=999999999-9999999999"));
        all.put("a thousand ranges", get("/page/main.js", "Range: bytes=" + "0-1,".repeat(1_000) + "0-1"));
        all.put("a host that is none", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");
        all.put("a host with a bad port", "GET / HTTP/1.1\r\nHost: hub:99999999\r\nConnection: close\r\n\r\n");
        all.put("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        all.put("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n");
        all.put("a host of Latin-1", "GET / HTTP/1.1\r\nHost: \u0080\r\nConnection: close\r\n\r\n");
        all.put("an expectation that is none", CALLBACK + JSON + "Expect: x\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a length that is none", CALLBACK + JSON + "Content-Length: z\r\n\r\n{}");
        all.put("a negative length", CALLBACK + JSON + "Content-Length: -1\r\n\r\n{}");
        all.put("a length beyond a long", CALLBACK + JSON + "Content-Length: " + "9".repeat(30) + "\r\n\r\n{}");
        all.put("two lengths", CALLBACK + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
        all.put("a chunk that is none", CALLBACK + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");
        all.put("a chunk that ends too late", CALLBACK + JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n");
        all.put("a chunk with an extension",
                CALLBACK + JSON + "Transfer-Encoding: chunked\r\n\r\n2;" + "a".repeat(100) + "\r\n{}\r\n0\r\n\r\n");
        all.put("a chunk with a trailer",
                CALLBACK + JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Y: " + "a".repeat(100) + "\r\n\r\n");
        all.put("a transfer encoding that is none", CALLBACK + JSON + "Transfer-Encoding: x\r\n\r\n{}");
        all.put("a length and chunks",
                CALLBACK + JSON + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        all.put("a content type that is none", CALLBACK + "Content-Type: \u0080/;;\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a charset that is none",
                CALLBACK + "Content-Type: application/json; charset=\u00fc\"\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a charset that there isn't",
                CALLBACK + "Content-Type: application/json; charset=nonsense\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a charset that there isn't, without a body",
                get("/api/openapi.yaml", "Content-Type: application/json;charset=utf-7"));
        all.put("parts without a boundary",
                "POST / HTTP/1.1\r\nHost: hub\r\nContent-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\n{}");
        all.put("parts that are none", "POST /page/main.js HTTP/1.1\r\nHost: hub\r\n"
                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 4\r\n\r\n--x\r");
        all.put("a form that is none", "POST /error HTTP/1.1\r\nHost: hub\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\n%zz=");
        for (String path : List.of("/", "/livez", "/readyz", "/nothing", "/api/openapi.yaml", "/page/main.js",
                "/api/live")) {
            all.put("a query that is none, of " + path, get(path + "?a=%zz", ""));
            all.put("a query of half an encoding, of " + path, get(path + "?%", ""));
            all.put("a query that is no UTF-8, of " + path, get(path + "?a=%ff", ""));
            all.put("a query of many parameters, of " + path, get(path + "?" + "a&".repeat(1_500), ""));
            all.put("many languages, of " + path, get(path, "Accept-Language: " + "*,".repeat(2_000) + "x"));
            all.put("a charset that there isn't, of " + path, get(path, "Content-Type: application/json;charset=utf-7"));
            all.put("a type to accept that is none, of " + path, get(path, "Accept: image/png;q=zz"));
            all.put("another method, of " + path, get(path, "").replaceFirst("GET", "PUT"));
        }
        all.put("a type to accept that the probe has not", get("/livez", "Accept: image/png"));
        all.put("many languages of the callback",
                CALLBACK + JSON + "Accept-Language: " + "*,".repeat(2_000) + "x\r\nContent-Length: 2\r\n\r\n{}");
        all.put("a query of the callback that is none",
                CALLBACK.replace("callback", "callback?a=%zz") + JSON + "Content-Length: 2\r\n\r\n{}");
        all.put("a query that is none", get("/api/openapi.yaml?%zz=%", "Range: bytes=-"));
        all.put("a query of Latin-1", get("/api/arrows?\u0080", ""));
        all.put("a line break in a query", get("/api/arrows?a=%0d%0a", "Authorization: Bearer " + SharedHub.VIEWER + "x"));
        all.put("a control character in a parameter's name", get("/nothing?%01=x", ""));
        all.put("a control character in a parameter's value", get("/api/arrows?after=%00%01", ""));
        all.put("cookies that are none", get("/nothing", "Cookie: \u0080=\u0081; ;;=;\"; $Version=z"));
        all.put("a token of no character", get("/api/arrows", "Authorization: Bearer \u0080"));
        all.put("a token with a blank", get("/api/arrows", "Authorization: Bearer a b"));
        all.put("an authorization that is none", get("/api/arrows", "Authorization: Basic \u0080"));
        all.put("a JWT that is none", get("/api/arrows", "Authorization: Bearer a.b.c"));
        all.put("a JWT with a header that is none", get("/api/arrows", "Authorization: Bearer e30.e30.e30"));
        all.put("two authorizations",
                get("/api/arrows", "Authorization: Bearer a\r\nAuthorization: Bearer b"));
        all.put("a method that is none", "GE\u0080 / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("a method that does not exist", "BREW / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("a trace", "TRACE /api/arrows HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("a connection to somewhere", "CONNECT hub:80 HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("another protocol", "GET / HTTP/9.9\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("no protocol that there is", "GET / FTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        all.put("TLS", "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003\r\n\r\n");
        all.put("a large header", get("/", "X-Y: " + "a".repeat(20_000)));
        all.put("many headers", get("/", "X-Y: a\r\n".repeat(500) + "X-Y: a"));
        all.put("languages that are none", get("/nothing", "Accept-Language: \u0080;q=z,,,*"));
        all.put("a type to accept that is none", get("/nothing", "Accept: \u0080;q=z,,,*"));
        all.put("an etag that is none", get("/page/main.js", "If-None-Match: \"\u0080\r\nRange: bytes=x"));
        all.put("an upgrade", get("/nothing", "Upgrade: h2c\r\nHTTP2-Settings: \u0080"));
        all.put("forwarding that is none", get("/nothing",
                "X-Forwarded-For: \u00fc\r\nX-Forwarded-Port: z\r\nForwarded: ;;=,"));
        all.put("an origin that is none", get("/api/arrows", "Origin: \u00fc://"));
        all.put("a preflight that is none", "OPTIONS /api/arrows HTTP/1.1\r\nHost: hub\r\nOrigin: x\r\n"
                + "Access-Control-Request-Method: \u00fc\r\nConnection: close\r\n\r\n");
        return all;
    }

    static Stream<String> names() {
        return requests().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aRequestThatNoContractHasIsItsCallersFaultAndHardlyLogged(String name) throws IOException {
        byte[] request = requests().get(name).getBytes(StandardCharsets.ISO_8859_1);
        try (Heard log = new Heard()) {
            for (int i = 0; i < REPEATS; i++) {
                String answer = send(request);
                assertThat(answer).as("its status").matches("(?s)HTTP/1\\.1 (200|4\\d\\d|501|505) .*");
                if (!answer.startsWith("HTTP/1.1 200")) {
                    assertThat(answer).contains("Content-Type: application/problem+json", "urn:lucky-hub:problem:");
                }
            }
            assertThat(log.traces()).isEmpty();
            assertThat(log.bytes()).isLessThan(MOST_LOGGED);
        }
    }

    private static String get(String path, String header) {
        return "GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n" + header + (header.isEmpty() ? "" : "\r\n")
                + "\r\n";
    }

    private String send(byte[] request) throws IOException {
        URI at = URI.create(hub.url());
        try (Socket socket = new Socket(InetAddress.getByName(at.getHost()), at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            // An end of requests: the hub answers and closes, and waits for no more of a body.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** All that is logged meanwhile. */
    private static final class Heard extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        Heard() {
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }

        List<String> traces() {
            return events.stream().filter(event -> event.getThrowableProxy() != null)
                    .map(event -> event.getLoggerName() + " " + event.getThrowableProxy().getClassName())
                    .distinct().toList();
        }

        int bytes() {
            return events.stream().mapToInt(event -> event.getFormattedMessage().length()).sum();
        }

        @Override
        public void close() {
            root.detachAppender(this);
        }
    }
}
