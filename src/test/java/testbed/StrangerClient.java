package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Someone who never read the contract: asks for paths, with methods and headers, that it doesn't have. */
public final class StrangerClient {

    public static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;

    public StrangerClient(HubClient hub) {
        this.url = hub.url();
    }

    /** @param path as it goes over the wire, query included; @param body null for none */
    public HubClient.Reply send(String method, String path, byte[] body, Map<String, String> headers) {
        return send(method, path, headers, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /** Sends the body in chunks, without saying how long it is. */
    public HubClient.Reply sendChunked(String method, String path, byte[] body, Map<String, String> headers) {
        return send(method, path, headers,
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private HubClient.Reply send(String method, String path, Map<String, String> headers,
                                 HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30))
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new HubClient.Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a request line as it stands and returns the answer's first. */
    public String sendLine(String line, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(line).append("\r\nHost: hub\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        URI hub = URI.create(url);
        try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON headers and a bearer token. */
    public static Map<String, String> json(String token) {
        return with(JSON, "Authorization", "Bearer " + token);
    }

    public static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return all;
    }

    /** Whether it is an error of this status as RFC 9457 has it, one that says what to do and gives nothing away. */
    public static void assertProblem(HubClient.Reply reply, int status) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).as(reply.text()).isEqualTo("application/problem+json");
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("type").asString()).startsWith("urn:lucky-hub:problem:");
        assertThat(reply.json().get("title").asString()).isNotBlank();
        assertThat(reply.json().get("detail").asString()).isNotBlank().doesNotContain("Exception", "\tat ");
    }
}
