package bench;

import embedded.LocalHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP requests of the bench itself, which are not part of the load. */
final class ControlRequests {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Pattern VALUE = Pattern.compile("\"value\":\\s*([0-9.E]+)");

    private ControlRequests() {
    }

    /** Whether the address answers 200. */
    static boolean isGood(URI url) {
        return LocalHttp.status(HttpRequest.newBuilder(url), TIMEOUT) == 200;
    }

    /** The value of a counter in the format of Spring's actuator; empty when there was no answer. */
    static Optional<Long> counter(URI url) {
        return LocalHttp.send(HttpRequest.newBuilder(url), TIMEOUT)
                .map(answer -> VALUE.matcher(new String(answer.body(), StandardCharsets.UTF_8))).filter(Matcher::find)
                .map(value -> (long) Double.parseDouble(value.group(1)));
    }

    /** @return HTTP status; 0 when there was no answer */
    static int post(URI url, String token, byte[] body) {
        return LocalHttp.status(HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofByteArray(body)), TIMEOUT);
    }
}
