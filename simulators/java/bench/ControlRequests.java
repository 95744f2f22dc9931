package bench;

import embedded.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions that are no load: few, and whose time doesn't matter. */
final class ControlRequests {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private static final Pattern VALUE = Pattern.compile("\"value\":\\s*([0-9.E]+)");

    private ControlRequests() {
    }

    static boolean isGood(URI url) {
        return send(HttpRequest.newBuilder(url)).filter(answer -> answer.statusCode() == 200).isPresent();
    }

    /** A counter, as Spring's actuator tells it; empty without an answer. */
    static Optional<Long> counter(URI url) {
        return send(HttpRequest.newBuilder(url)).map(answer -> VALUE.matcher(answer.body())).filter(Matcher::find)
                .map(value -> (long) Double.parseDouble(value.group(1)));
    }

    /** @return HTTP's status; 0 without an answer */
    static int post(URI url, String token, byte[] body) {
        return send(HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .map(HttpResponse::statusCode).orElse(0);
    }

    private static Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(CLIENT.send(request.timeout(Duration.ofSeconds(3)).build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
