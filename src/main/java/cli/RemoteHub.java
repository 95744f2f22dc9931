package cli;

import contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running hub's HTTP API. */
final class RemoteHub {

    /** An edit may wait for messages in hand, for a broker, and for each route to stop. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_TRIES = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @param token null or empty for none */
    RemoteHub(String url, String token) {
        this.url = url.replaceFirst("/+$", "");
        this.token = token;
    }

    /** The hub answered with another status than 200. */
    static final class Refused extends IOException {

        private final transient int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** Whether the reason is the request's content, rather than the credential or the hub's state. */
        boolean isOfTheContent() {
            return status == 404 || status == 409 || status == 413 || status == 422;
        }
    }

    /** No hub answers at the address. */
    static final class Unreachable extends IOException {
        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return ask(path, HttpRequest.newBuilder().GET());
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return ask(path, HttpRequest.newBuilder().header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** Repeats a request after a 429: a hub checks one edit at a time for each role. */
    private JsonNode ask(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return askOnce(path, request);
            } catch (Refused e) {
                if (e.status != 429 || tries == MOST_TRIES) {
                    throw e;
                }
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            }
        }
    }

    private JsonNode askOnce(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        request.uri(URI.create(url + path)).timeout(PATIENCE);
        if (token != null && !token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Unreachable("no hub answers at " + url + "; name another with --url", e);
        }
        JsonNode body = read(answer.body());
        if (answer.statusCode() != 200) {
            throw new Refused(answer.statusCode(), answer.statusCode() == 401 || answer.statusCode() == 403
                    ? "the hub answered " + answer.statusCode() + ": " + detail(body) + " (the token comes from HUB_TOKEN)"
                    : detail(body));
        }
        return body;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static String detail(JsonNode body) {
        return body.path("detail").asString("the answer is none of a hub's; look at --url");
    }
}
