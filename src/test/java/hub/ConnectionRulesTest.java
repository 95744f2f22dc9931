package hub;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.mock.env.MockEnvironment;

class ConnectionRulesTest {

    private static final long MB = 1024 * 1024;

    @Test
    void connectionsAreAsManyAsAQuarterOfTheHeapHolds() {
        assertThat(ConnectionRules.fitting(360 * MB)).isEqualTo(960);
        assertThat(ConnectionRules.fitting(16 * MB)).isEqualTo(200);
        assertThat(ConnectionRules.fitting(64 * 1024 * MB)).isEqualTo(8_192);
    }

    @Test
    void theKernelKeepsLittleOfAnAnswerThatIsNotRead() throws Exception {
        MockEnvironment environment = new MockEnvironment();
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);
        new ConnectionRules(new RequestBodies(Duration.ofSeconds(5), 10, 200, environment), environment).customize(tomcat);
        // Also how long a write waits for the caller to read.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("connectionTimeout", "1000"));
        Endless endless = new Endless();
        WebServer server = tomcat.getWebServer(context -> context.addServlet("endless", endless).addMapping("/"));
        server.start();
        try (Socket silent = new Socket()) {
            silent.setReceiveBufferSize(4 * 1024);
            silent.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
            silent.getOutputStream().write("GET / HTTP/1.1\r\nHost: hub\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(endless.taken.get(60, TimeUnit.SECONDS)).isLessThan(4L * ConnectionRules.KERNEL_BUFFER);
        } finally {
            server.stop();
        }
    }

    /** Writes until it is given up. */
    private static final class Endless extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient CompletableFuture<Long> taken = new CompletableFuture<>();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            byte[] some = new byte[8 * 1024];
            long bytes = 0;
            try {
                while (true) {
                    response.getOutputStream().write(some);
                    bytes += some.length;
                }
            } catch (IOException e) {
                taken.complete(bytes);
            }
        }
    }
}
