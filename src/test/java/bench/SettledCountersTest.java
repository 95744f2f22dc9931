package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettledCountersTest {

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        counter("/one", 200, 1_200);
        counter("/two", 200, 34);
        counter("/ill", 503, 0);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void counter(String path, int status, int value) {
        byte[] body = ("{\"name\":\"hub.orders.settled\",\"measurements\":[{\"statistic\":\"COUNT\",\"value\":" + value
                + ".0}]}").getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
                if (status == 200) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
    }

    private SettledCounters settled(String... paths) {
        return new SettledCounters(List.of(paths).stream()
                .map(path -> URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)).toList());
    }

    @Test
    void whatTwoHubsHaveSettledIsTheirSum() {
        assertThat(settled("/one").now()).contains(1_200L);
        assertThat(settled("/one", "/two").now()).contains(1_234L);
    }

    /** A sum without it would go back. */
    @Test
    void whileOneHubDoesNotTellNothingIsKnown() {
        assertThat(settled("/one", "/ill").now()).isEmpty();
    }
}
