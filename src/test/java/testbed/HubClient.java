package testbed;

import com.standardwebhooks.Webhook;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OpenApiContract;
import contract.OrderRequest;
import contract.PaymentCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a hub as its neighbours do. Every answer is held against {@code openapi.yaml}. */
public final class HubClient {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;

    public HubClient(int port) {
        this("http://127.0.0.1:" + port);
    }

    /** @param url of its root, without a slash at its end */
    public HubClient(String url) {
        this.url = url;
    }

    /** @param body as it came */
    public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return headers.entrySet().stream().filter(h -> h.getKey().equalsIgnoreCase(name))
                    .map(h -> h.getValue().get(0)).findFirst().orElse(null);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public String url() {
        return url;
    }

    public Reply confirm(OrderRequest order) {
        return post("/api/orders", SharedHub.SHOP, Json.write(order));
    }

    /** Pays the order's price, with a payment id of the order's own. */
    public Reply pay(OrderRequest order) {
        return callback(payment(order));
    }

    public static PaymentCallback payment(OrderRequest order) {
        return new PaymentCallback("P-" + order.orderId(), order.orderId(), order.amount(), order.currency(),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    public Reply callback(PaymentCallback payment) {
        return signed(Json.write(payment), SharedHub.KEYS.get(1), Instant.now());
    }

    /** A callback with any body, signed with any key at any time. */
    public Reply signed(byte[] body, String key, Instant at) {
        try {
            String id = "msg-" + UUID.randomUUID();
            String signature = new Webhook(key).sign(id, at.getEpochSecond(), new String(body, StandardCharsets.UTF_8));
            return send("POST", "/api/payments/callback", body, Map.of("Content-Type", "application/json",
                    "webhook-id", id, "webhook-timestamp", String.valueOf(at.getEpochSecond()),
                    "webhook-signature", signature));
        } catch (com.standardwebhooks.exceptions.WebhookSigningException
                | com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
            throw new AssertionError(e);
        }
    }

    public Reply cancel(String orderId) {
        return post("/api/orders/" + orderId + "/cancel", SharedHub.SHOP, new byte[0]);
    }

    public JsonNode order(String orderId) {
        Reply reply = get("/api/orders/" + orderId, SharedHub.OPERATOR);
        if (reply.status() != 200) {
            throw new AssertionError("order " + orderId + ": " + reply.status() + " " + reply.text());
        }
        return reply.json();
    }

    public JsonNode arrow(String id) {
        for (JsonNode arrow : get("/api/arrows", SharedHub.OPERATOR).json().get("arrows")) {
            if (arrow.get("id").asString().equals(id)) {
                return arrow;
            }
        }
        throw new AssertionError("no arrow " + id);
    }

    public Reply get(String path, String token) {
        return send("GET", path, null, token == null ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    public Reply post(String path, String token, byte[] body) {
        return send("POST", path, body, token == null ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
    }

    /** Any request at all. @param body null for none */
    public Reply send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            CONTRACT.check(method, path.split("\\?")[0], response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(null), response.body());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An order that no other test knows. */
    public static OrderRequest anOrder(Kind kind) {
        String id = UUID.randomUUID().toString();
        return new OrderRequest(id, "store-" + id.substring(0, 8), kind, 1300, "CNY", List.of(new Item("latte", 2)));
    }
}
