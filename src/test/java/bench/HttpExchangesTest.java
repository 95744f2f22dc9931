package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpExchangesTest {

    private static final byte[] REQUEST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger ofOne = new AtomicInteger();
    private final AtomicInteger ofTwo = new AtomicInteger();
    private HttpServer one;
    private HttpServer two;

    @BeforeEach
    void serve() throws IOException {
        one = server(ofOne);
        two = server(ofTwo);
    }

    @AfterEach
    void end() {
        one.stop(0);
        two.stop(0);
    }

    private static HttpServer server(AtomicInteger calls) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", exchange -> {
            try (exchange) {
                calls.incrementAndGet();
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        return server;
    }

    private int answered(int requests) {
        int[] good = new int[1];
        try (HttpExchanges exchanges = new HttpExchanges(List.of(one.getAddress(), two.getAddress()), 4)) {
            for (int i = 0; i < requests; i++) {
                exchanges.send(REQUEST, (status, at) -> good[0] += status == 204 ? 1 : 0);
            }
            while (exchanges.underWay() > 0) {
                exchanges.turn(1);
            }
        }
        return good[0];
    }

    @Test
    void ofTwoServersEachGetsEverySecondRequest() {
        assertThat(answered(100)).isEqualTo(100);
        assertThat(ofOne).hasValue(50);
        assertThat(ofTwo).hasValue(50);
    }

    @Test
    void aServerThatIsAwayDoesNotKeepTheOtherFromItsRequests() {
        one.stop(0);
        assertThat(answered(20)).isEqualTo(10);
        assertThat(ofTwo).hasValue(10);
    }
}
