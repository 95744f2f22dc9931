package chaos;

import embedded.LocalHttp;
import embedded.Wait;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Client of the hubs' API with an operator's token. */
final class OrderApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MANY = 50;

    private final URI hub;
    private final String token;

    /**
     * The answer about one order.
     *
     * @param status of HTTP; 0 when there was no answer
     * @param seen   the order; null unless the status is 200
     */
    record Answer(int status, OrderSnapshot seen) {

        static final Answer NONE = new Answer(0, null);
        static final Answer ABSENT = new Answer(404, null);

        static Answer of(OrderSnapshot seen) {
            return new Answer(200, seen);
        }

        boolean isSettled() {
            return seen != null && seen.settledAs() != null;
        }

        boolean isExpired() {
            return seen != null && seen.isExpired();
        }
    }

    OrderApi(URI hub, String operatorToken) {
        this.hub = hub;
        this.token = operatorToken;
    }

    Answer order(String orderId) {
        return get("/api/orders/" + orderId, Duration.ofSeconds(5)).map(response -> {
            try {
                return new Answer(response.statusCode(),
                        response.statusCode() == 200 ? OrderSnapshot.of(JSON.readTree(response.body())) : null);
            } catch (JacksonException e) {
                return Answer.NONE;
            }
        }).orElse(Answer.NONE);
    }

    /** As {@link #order}, asked up to 50 times until the answer is 200 or 404. */
    Answer orderForSure(String orderId) {
        Answer answer = Answer.NONE;
        for (int attempt = 0; attempt < MANY && answer.status() != 200 && answer.status() != 404; attempt++) {
            if (attempt > 0) {
                Wait.lasting(Duration.ofMillis(200));
            }
            answer = order(orderId);
        }
        return answer;
    }

    /** Number of orders in flight, by the hub; empty when there was no answer. */
    Optional<Long> inFlight() {
        return get("/api/flow", Duration.ofSeconds(5)).filter(response -> response.statusCode() == 200)
                .map(response -> JSON.readTree(response.body()).path("inFlight").asLong());
    }

    /**
     * Ids of the payments that the hub lists as refunds.
     *
     * @throws IllegalStateException when it doesn't answer
     */
    Set<String> refundsDue() {
        Set<String> payments = new HashSet<>();
        String after = null;
        do {
            String path = "/api/refunds?limit=500" + (after == null ? "" : "&after=" + after);
            JsonNode page = get(path, Duration.ofSeconds(10)).filter(response -> response.statusCode() == 200)
                    .map(response -> JSON.readTree(response.body()))
                    .orElseThrow(() -> new IllegalStateException("the hub doesn't answer " + path));
            page.path("refunds").forEach(refund -> payments.add(refund.path("paymentId").asString()));
            after = page.path("next").asString(null);
        } while (after != null);
        return payments;
    }

    private Optional<HttpResponse<byte[]>> get(String path, Duration timeout) {
        return LocalHttp.send(HttpRequest.newBuilder(hub.resolve(path)).header("Authorization", "Bearer " + token), timeout);
    }
}
