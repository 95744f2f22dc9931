package embedded;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** HTTP requests to servers of this machine that may be down: no answer is a result, not a failure. */
public final class LocalHttp {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();

    private LocalHttp() {
    }

    /**
     * @param timeout for the answer
     * @return empty when there was no answer
     */
    public static Optional<HttpResponse<byte[]>> send(HttpRequest.Builder request, Duration timeout) {
        try {
            return Optional.of(CLIENT.send(request.timeout(timeout).build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** @return HTTP's status; 0 when there was no answer */
    public static int status(HttpRequest.Builder request, Duration timeout) {
        return send(request, timeout).map(HttpResponse::statusCode).orElse(0);
    }
}
