package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.StrangerClient.assertProblem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.HubClient;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Methods other than those of the contract, as proxies and monitors use them. */
class MethodsIT {

    private final HubClient hub = SharedHub.shared().client();
    private final StrangerClient stranger = new StrangerClient(hub);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void theCallbackIsPostedAndSaysSo(String method) {
        HubClient.Reply anonymous = stranger.send(method, "/api/payments/callback", null, Map.of());

        assertProblem(anonymous, 405);
        assertThat(anonymous.header("Allow")).isEqualTo("POST");
    }

    @Test
    void whatAPathHasIsSaidToThoseWhoMay() {
        assertThat(stranger.send("GET", "/api/payments/callback", null, StrangerClient.json(SharedHub.VIEWER)).header("Allow"))
                .isEqualTo("POST");
        assertThat(stranger.send("POST", "/api/arrows", new byte[0], StrangerClient.json(SharedHub.DEPLOYER)).header("Allow"))
                .isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/livez", "/readyz", "/api/openapi.yaml", "/api/arrows", "/api/orders/nothing", "/nothing"})
    void headIsGetWithoutItsBody(String path) throws Exception {
        HttpResponse<byte[]> get = ask("GET", path);
        HttpResponse<byte[]> head = ask("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.headers().firstValue("Content-Type")).isEqualTo(get.headers().firstValue("Content-Type"));
        assertThat(head.body()).isEmpty();
    }

    private HttpResponse<byte[]> ask(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(hub.url() + path))
                .header("Authorization", "Bearer " + SharedHub.VIEWER).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
