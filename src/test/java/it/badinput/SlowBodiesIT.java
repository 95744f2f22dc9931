package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import contract.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.CallbackSignature;
import testbed.HubClient;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Callers who announce a body and are slow to send it: they take no more than is set, and nothing from the others. */
class SlowBodiesIT {

    private static final int PLACES = 10;
    private static final String CALLBACK = "POST /api/payments/callback HTTP/1.1\r\nHost: hub\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private static ConfigurableApplicationContext context;
    private static HubClient hub;

    @BeforeAll
    static void start() {
        context = SharedHub.shared().startHub(Map.of("camel.main.name", "slow-bodies", "hub.entry.body-time", "2s",
                "hub.entry.slow-bodies", String.valueOf(PLACES)));
        hub = SharedHub.shared().client(context);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aBodyThatStopsComingIsGivenUp() throws IOException {
        try (Socket slow = send(CALLBACK + JSON + "Content-Length: 1000\r\n\r\n{")) {
            assertThat(answer(slow)).startsWith("HTTP/1.1 408 ").contains("Connection: close", "application/problem+json");
        }
    }

    @Test
    void aBodyOfWhichAByteComesNowAndThenIsGivenUpToo() throws IOException {
        try (Socket slow = send(CALLBACK + JSON + "Content-Length: 1000\r\n\r\n{")) {
            await().until(() -> slow.getInputStream().available() > 0 || !isSent(slow, " "));
            assertThat(answer(slow)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void chunksOfWhichOneComesNowAndThenAreGivenUpToo() throws IOException {
        try (Socket slow = send(CALLBACK + JSON + "Transfer-Encoding: chunked\r\n\r\n")) {
            await().until(() -> slow.getInputStream().available() > 0 || !isSent(slow, "1\r\n \r\n"));
            assertThat(answer(slow)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void manySlowOnesTakeNothingFromACallbackThatComesAtOnce() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * PLACES; i++) {
                slow.add(send(CALLBACK + JSON + "Content-Length: 1000\r\n\r\n{"));
            }
            assertThat(answer(await().until(() -> anyAnswered(slow), Objects::nonNull)))
                    .startsWith("HTTP/1.1 503 ").contains("Retry-After", "Connection: close");
            try (Socket genuine = send(callback())) {
                assertThat(answer(genuine)).startsWith("HTTP/1.1 204 ");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await().untilAsserted(() -> {
            try (Socket placeAgain = send(CALLBACK + JSON + "Content-Length: 1000\r\n\r\n{")) {
                assertThat(answer(placeAgain)).startsWith("HTTP/1.1 408 ");
            }
        });
    }

    private static Socket anyAnswered(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                return socket;
            }
        }
        return null;
    }

    @Test
    void aCallbackIsAtMost16KilobytesLong() throws IOException {
        try (Socket socket = send(CALLBACK + JSON + "Content-Length: 16385\r\n\r\n")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ");
        }
        assertThat(new StrangerClient(hub).send("POST", "/api/payments/callback", new byte[16_384], StrangerClient.JSON).status())
                .isEqualTo(401);
    }

    @Test
    void aCallbackInChunksIsTaken() {
        byte[] body = Json.write(HubClient.payment(HubClient.anOrder(Kind.PICKUP)));

        assertThat(new StrangerClient(hub).sendChunked("POST", "/api/payments/callback", body,
                CallbackSignature.headers(body, SharedHub.KEYS.get(1), Instant.now())).status()).isEqualTo(204);
    }

    @Test
    void aBodyThatIsNotNeededIsNotWaitedForEither() throws IOException {
        try (Socket socket = send("POST /nothing HTTP/1.1\r\nHost: hub\r\n" + JSON + "Content-Length: 1000\r\n\r\n{")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 401 ");
            await().until(() -> socket.getInputStream().read() < 0);
        }
    }

    @Test
    void aConnectionGoesOnAfterABodyThatWasNotNeeded() throws IOException {
        try (Socket socket = send("POST /nothing HTTP/1.1\r\nHost: hub\r\n" + JSON + "Content-Length: 4\r\n\r\nbody")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 401 ");
            socket.getOutputStream().write(callback().getBytes(StandardCharsets.UTF_8));
            assertThat(answer(socket)).startsWith("HTTP/1.1 204 ");
        }
    }

    private static String callback() {
        byte[] body = Json.write(HubClient.payment(HubClient.anOrder(Kind.PICKUP)));
        StringBuilder request = new StringBuilder(CALLBACK);
        CallbackSignature.headers(body, SharedHub.KEYS.get(1), Instant.now())
                .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request + "Content-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8);
    }

    private static boolean isSent(Socket socket, String some) {
        try {
            socket.getOutputStream().write(some.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket send(String request) throws IOException {
        URI at = URI.create(hub.url());
        Socket socket = new Socket(InetAddress.getByName(at.getHost()), at.getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Its first part; nothing when the connection was reset. */
    private static String answer(Socket socket) throws IOException {
        byte[] some = new byte[8_192];
        StringBuilder answer = new StringBuilder();
        try {
            int read = 0;
            while (read >= 0 && answer.indexOf("\r\n\r\n") < 0) {
                read = socket.getInputStream().read(some);
                answer.append(new String(some, 0, Math.max(0, read), StandardCharsets.UTF_8));
            }
        } catch (SocketException e) {
            answer.append(e);
        }
        return answer.toString();
    }
}
