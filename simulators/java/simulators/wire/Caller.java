package simulators.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts JSON without holding a thread a call; beyond so many at once, calls wait in line. */
public final class Caller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

    private final HttpClient client;
    private final Duration timeout;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final int mostAtOnce;
    private int underWay;

    /**
     * What came back.
     *
     * @param status     HTTP's, or 0 when there was no answer
     * @param failure    why there was none; null when there was one
     * @param retryAfter seconds that the answer asks to wait; 0 when it doesn't
     */
    public record Answer(int status, String failure, long retryAfter) {
        public boolean good() {
            return status >= 200 && status < 300;
        }

        /** The other side may well have done it, or may yet: ask again. */
        public boolean undecided() {
            return status == 0 || status >= 500 || status == 429 || status == 408;
        }

        public String said() {
            return status == 0 ? failure : Integer.toString(status);
        }
    }

    private record Call(HttpRequest request, CompletableFuture<Answer> answer) {
    }

    public Caller(int mostAtOnce, Duration timeout) {
        this.mostAtOnce = mostAtOnce;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2)).build();
    }

    /** Never fails: no answer is an {@link Answer} too. */
    public CompletableFuture<Answer> post(URI to, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(timeout)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        Call call = new Call(request.build(), new CompletableFuture<>());
        synchronized (waiting) {
            if (underWay >= mostAtOnce) {
                waiting.add(call);
                return call.answer;
            }
            underWay++;
        }
        go(call);
        return call.answer;
    }

    /** Drops what waits in line: it ends unanswered. */
    @Override
    public void close() {
        synchronized (waiting) {
            waiting.forEach(call -> call.answer.complete(new Answer(0, "closed", 0)));
            waiting.clear();
        }
    }

    private void go(Call call) {
        client.sendAsync(call.request, HttpResponse.BodyHandlers.discarding()).handle((response, failure) -> {
            Answer answer = response == null ? new Answer(0, nameOf(failure), 0)
                    : new Answer(response.statusCode(), null, retryAfter(response));
            next();
            call.answer.complete(answer);
            return null;
        }).exceptionally(e -> {
            LOG.error("what follows an answer failed", e);
            return null;
        });
    }

    private void next() {
        Call call;
        synchronized (waiting) {
            call = waiting.poll();
            if (call == null) {
                underWay--;
                return;
            }
        }
        go(call);
    }

    private static String nameOf(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }

    private static long retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,4}"))
                .map(Long::parseLong).orElse(0L);
    }
}
