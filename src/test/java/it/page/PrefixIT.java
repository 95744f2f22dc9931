package it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import contract.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.Browser;
import testbed.HubClient;
import testbed.SharedHub;

/** The hub below a prefix: one that a proxy takes off, and one that the proxy leaves to the hub. */
class PrefixIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Browser browser;

    @BeforeAll
    static void open() {
        assumeTrue(Browser.isThere(), "needs chromium and chromium-driver");
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void thePageIsWholeBehindAProxyThatTakesThePrefixOff() throws IOException {
        HttpServer proxy = proxyTakingOff("/hub", SharedHub.shared().client().url());
        try {
            assertThePageIsWhole("http://127.0.0.1:" + proxy.getAddress().getPort() + "/hub");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aHubThatIsSetToAPrefixIsWholeBelowIt() throws Exception {
        try (ConfigurableApplicationContext context = SharedHub.shared().startHub(Map.of("camel.main.name", "prefix",
                "server.servlet.context-path", "/hub"))) {
            HubClient root = SharedHub.shared().client(context);
            assertThePageIsWhole(root.url() + "/hub");

            assertThat(status("GET", root.url() + "/hub/readyz")).isEqualTo(200);
            assertThat(status("PUT", root.url() + "/hub/api/orders")).isIn(401, 403);
            assertThat(status("GET", root.url() + "/hub/api/payments/callback")).isEqualTo(405);
            HubClient below = new HubClient(root.url() + "/hub");
            assertThat(below.pay(HubClient.anOrder(Kind.PICKUP)).status()).isEqualTo(204);
            // The rules for entries hold there, too.
            assertThat(below.send("POST", "/api/payments/callback", new byte[20_000], Map.of("Content-Type",
                    "application/json")).status()).isEqualTo(413);
        }
    }

    private static void assertThePageIsWhole(String url) {
        browser.open(url + "/#token=" + SharedHub.VIEWER);
        browser.await("nav a", WebElement::isDisplayed);
        browser.awaitText("#connection", "live");
        browser.run("location.hash = arguments[0]", "#/routes");
        browser.await(".CodeMirror", WebElement::isDisplayed);
        browser.run("location.hash = arguments[0]", "#/trends");
        browser.await(".uplot", WebElement::isDisplayed);
        assertThat(browser.complaints()).isEmpty();
    }

    private static int status(String method, String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpServer proxyTakingOff(String prefix, String hub) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "proxy");
            thread.setDaemon(true);
            return thread;
        }));
        proxy.createContext(prefix + "/", exchange -> {
            try (exchange) {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub + exchange.getRequestURI().toString()
                        .substring(prefix.length()))).method(exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
                for (String name : new String[] {"Authorization", "Content-Type"}) {
                    if (exchange.getRequestHeaders().containsKey(name)) {
                        request.header(name, exchange.getRequestHeaders().getFirst(name));
                    }
                }
                var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                answer.headers().firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                exchange.sendResponseHeaders(answer.statusCode(), 0);
                // As it comes: the live figures never end.
                byte[] some = new byte[8_192];
                for (int read = answer.body().read(some); read >= 0; read = answer.body().read(some)) {
                    exchange.getResponseBody().write(some, 0, read);
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.start();
        return proxy;
    }
}
