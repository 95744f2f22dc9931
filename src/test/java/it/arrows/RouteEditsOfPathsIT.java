package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import contract.Json;
import contract.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;

/**
 * The path in a route is the one that answers, to whoever has a credential: what is sent to one that the rules of access
 * don't name is the deployer's to send. Asked without {@link HubClient}, which holds every answer against the contract: these
 * paths are not in it.
 */
class RouteEditsOfPathsIT extends RouteEdits {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    @Tag("payment-callback")
    void paymentsAreReportedAtAnotherPathWhichIsNotOpenToTheWorldByThat() {
        edit("payment-callback", "rest:post:payments/callback", "rest:post:payments/reported");
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertThat(report("/api/payments/callback", life, SharedHub.OPERATOR)).isIn(404, 405);
        assertThat(report("/api/payments/reported", life, null)).isEqualTo(401);
        assertThat(life.now().at("/make/state").asString()).isEqualTo("CONFIRMED");
        assertThat(report("/api/payments/reported", life, SharedHub.OPERATOR)).isEqualTo(403);
        assertThat(report("/api/payments/reported", life, SharedHub.DEPLOYER)).isEqualTo(204);
        assertThat(life.now().at("/make/state").asString()).isEqualTo("PAID");
    }

    @Test
    @Tag("pull-unaccepted-http")
    void unacceptedOrdersAreListedAtAnotherPath() {
        edit("pull-unaccepted-http", "stores/{storeId}/orders", "shops/{storeId}/orders");
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        String query = life.order().storeId() + "/orders?state=unaccepted";

        assertThat(get("/api/stores/" + query).statusCode()).isIn(404, 405);
        assertThat(get("/api/shops/" + query).statusCode()).isEqualTo(200);
        assertThat(get("/api/shops/" + query).body()).contains(life.id());
    }

    @Test
    @Tag("pull-made-http")
    void madeOrdersAreListedAtAnotherPath() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitMake("MADE");
        edit("pull-made-http", "rest:get:orders", "rest:get:made-orders");
        // A page of one, from just before this order on: the bed is full of others.
        String query = "?state=made&kind=DELIVERY&limit=1&after=" + justBefore(life.id());

        assertThat(get("/api/orders" + query).statusCode()).isIn(404, 405);
        assertThat(get("/api/made-orders" + query).statusCode()).isEqualTo(200);
        assertThat(get("/api/made-orders" + query).body()).contains(life.id());
    }

    @Test
    @Tag("cancel-order")
    void ordersAreCancelledAtAnotherPath() {
        edit("cancel-order", "orders/{orderId}/cancel", "orders/{orderId}/withdraw");
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        assertThat(post("/api/orders/" + life.id() + "/cancel", SharedHub.OPERATOR, "", Map.of()).statusCode())
                .isIn(404, 405);
        assertThat(post("/api/orders/" + life.id() + "/withdraw", SharedHub.DEPLOYER, "", Map.of()).statusCode())
                .isEqualTo(202);
        assertThat(life.now().at("/cancel/state").asString()).isEqualTo("CANCEL_REQUESTED");
    }

    private int report(String path, OrderLife life, String token) {
        byte[] body = Json.write(HubClient.payment(life.order()));
        String id = "msg-" + UUID.randomUUID();
        long at = Instant.now().getEpochSecond();
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return post(path, token, text, Map.of("webhook-id", id, "webhook-timestamp", String.valueOf(at),
                    "webhook-signature", new Webhook(SharedHub.KEYS.get(1)).sign(id, at, text))).statusCode();
        } catch (WebhookSigningException | EmptyWebhookSecretException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String path, String token, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bed.client().url() + path))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(bed.client().url() + path))
                .header("Authorization", "Bearer " + SharedHub.OPERATOR).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sorts before this id and, the ids being random, after every other that does. */
    private static String justBefore(String id) {
        return id.substring(0, id.length() - 1);
    }
}
