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

/** Client of the hub's {@code GET /api/flow}. */
final class FlowClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    /**
     * @param confirmed orders confirmed since the hub's start
     * @param settled   orders settled since the hub's start
     * @param inFlight  orders that are not settled, now
     * @param late      those of them that are overdue
     */
    record Figures(long confirmed, long settled, long inFlight, long late) {
    }

    FlowClient(String hub, String token) {
        request = HttpRequest.newBuilder(URI.create(hub + "/api/flow"))
                .timeout(PATIENCE).header("Authorization", "Bearer " + token).build();
    }

    /** The figures of this moment; empty when the hub doesn't answer, or not with 200. */
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
