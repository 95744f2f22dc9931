package bench;

import embedded.LocalHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions that are no load: few, and whose time doesn't matter. */
final class ControlRequests {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Pattern VALUE = Pattern.compile("\"value\":\\s*([0-9.E]+)");

    private ControlRequests() {
    }

    static boolean isGood(URI url) {
        return LocalHttp.status(HttpRequest.newBuilder(url), TIMEOUT) == 200;
    }

    /** A counter, as Spring's actuator tells it; empty without an answer. */
    static Optional<Long> counter(URI url) {
        return LocalHttp.send(HttpRequest.newBuilder(url), TIMEOUT)
                .map(answer -> VALUE.matcher(new String(answer.body(), StandardCharsets.UTF_8))).filter(Matcher::find)
                .map(value -> (long) Double.parseDouble(value.group(1)));
    }

    /** @return HTTP's status; 0 without an answer */
    static int post(URI url, String token, byte[] body) {
        return LocalHttp.status(HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofByteArray(body)), TIMEOUT);
    }
}
