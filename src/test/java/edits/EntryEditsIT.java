package edits;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import edits.rules.EditedRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testbed.HubClient;
import testbed.SharedHub;

/** While an entry is edited its callers are answered, wait for a moment, or are told to come again: it is never absent. */
class EntryEditsIT extends OpsFixture {

    private static final EditedRoutes EDITED = EditedRoutes.shipped().replacingIn("payment-callback", "uri: ledger:paid",
            "uri: ledger:paid\n            parameters:\n              batch: 77");

    @Test
    void aCallerThatIsSlowToSendItsBodyKeepsNoEditWaiting() throws IOException {
        try (Socket slow = slowCallback(); Callbacks callbacks = new Callbacks()) {
            HubClient.Reply reply = apply(EDITED);

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(slow.getInputStream().available()).as("the slow one still waits").isZero();
            assertThat(callbacks.stop()).extracting(HubClient.Reply::status).containsOnly(204);
        }
    }

    @Test
    void whenAnEntryDoesNotComeToItsEndItsCallersComeAgainAndItIsAsItWas() throws IOException {
        CamelContext camel = alone.hub.getBean(CamelContext.class);
        Exchange stuck = new DefaultExchange(camel);
        camel.getInflightRepository().add(stuck, "payment-callback");
        try (Callbacks callbacks = new Callbacks()) {
            assertThat(apply(EDITED).status()).isEqualTo(422);

            assertThat(callbacks.stop()).allSatisfy(EntryEditsIT::isAnsweredOrToldToComeAgain);
        } finally {
            camel.getInflightRepository().remove(stuck, "payment-callback");
        }
        assertThat(hub.pay(HubClient.anOrder(Kind.PICKUP)).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"payment-callback, POST, /api/payments/callback", "cancel-order, POST, /api/orders/some/cancel",
            "pull-unaccepted-http, GET, /api/stores/some/orders", "pull-made-http, GET, /api/orders"})
    void anEntryThatIsAbsentIsTheHubsTroubleAndNotItsCallers(String route, String method, String path) throws Exception {
        CamelContext camel = alone.hub.getBean(CamelContext.class);
        camel.getRouteController().stopRoute(route);
        try {
            for (String token : List.of(SharedHub.OPERATOR, SharedHub.DEPLOYER)) {
                HubClient.Reply reply = method.equals("GET") ? hub.get(path, token) : hub.post(path, token, new byte[0]);
                assertThat(reply.status()).as(reply.text()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotNull();
            }
        } finally {
            camel.getRouteController().startRoute(route);
        }
    }

    private static void isAnsweredOrToldToComeAgain(HubClient.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(204, 503);
        assertThat(reply.status() == 204 || reply.header("Retry-After") != null).isTrue();
    }

    private Socket slowCallback() throws IOException {
        URI at = URI.create(hub.url());
        Socket socket = new Socket(InetAddress.getByName(at.getHost()), at.getPort());
        socket.getOutputStream().write(("POST /api/payments/callback HTTP/1.1\r\nHost: hub\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Genuine ones, one after the other until stopped. */
    private final class Callbacks implements AutoCloseable {

        private final CompletableFuture<Void> stop = new CompletableFuture<>();
        private final CompletableFuture<List<HubClient.Reply>> sent = CompletableFuture.supplyAsync(() -> {
            List<HubClient.Reply> replies = new ArrayList<>();
            do {
                replies.add(hub.pay(HubClient.anOrder(Kind.PICKUP)));
            } while (!stop.isDone());
            return replies;
        }, work -> new Thread(work, "callbacks").start());

        List<HubClient.Reply> stop() {
            stop.complete(null);
            return sent.join();
        }

        @Override
        public void close() {
            stop.complete(null);
        }
    }
}
