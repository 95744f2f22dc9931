package demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the hub says flows through it: {@code GET /api/flow}. */
final class FlowClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    /**
     * @param confirmed orders confirmed since the hub's start
     * @param settled   orders settled since the hub's start
     * @param inFlight  orders neither settled nor given up, now
     * @param late      those among them that are behind their time
     */
    record Figures(long confirmed, long settled, long inFlight, long late) {
    }

    FlowClient(String hub, String operatorToken) {
        request = HttpRequest.newBuilder(URI.create(hub + "/api/flow"))
                .timeout(PATIENCE).header("Authorization", "Bearer " + operatorToken).build();
    }

    /** Empty when the hub doesn't answer as it should. */
    Optional<Figures> now() {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.of(JSON.readValue(answer.body(), Figures.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
