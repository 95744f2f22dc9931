package simulators.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts JSON, so many calls at once; beyond that they wait in line.
 *
 * <p>A fixed number of threads that wait for their answers, because the JDK's {@code sendAsync} starts a new thread for
 * every answer on a machine of two cores (there {@code CompletableFuture} has no pool).
 */
public final class HttpCaller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCaller.class);
    private static final Answer CLOSED = new Answer(0, "closed", 0);

    private final HttpClient client;
    private final Duration timeout;
    private final ExecutorService callers;
    /** The client's own work, which never waits; left to itself it would make a thread for each call under way. */
    private final ExecutorService clientWork;

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

    /** @param timeout for one call, from when its turn has come */
    public HttpCaller(String name, int mostAtOnce, Duration timeout) {
        this.timeout = timeout;
        this.callers = Threads.fixed(name + "-caller", mostAtOnce);
        this.clientWork = Threads.fixed(name + "-client", Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(clientWork)
                .connectTimeout(timeout.compareTo(Duration.ofSeconds(5)) < 0 ? timeout : Duration.ofSeconds(5)).build();
    }

    /** Never fails: no answer is an {@link Answer} too. What follows runs on a caller's thread. */
    public CompletableFuture<Answer> post(URI to, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(timeout)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        try {
            callers.execute(() -> {
                Answer answer = call(request.build());
                try {
                    answered.complete(answer);
                } catch (RuntimeException e) {
                    LOG.error("what follows an answer failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            answered.complete(CLOSED);
        }
        return answered;
    }

    /** What waits in line is not called any more; what is under way ends without an answer. */
    @Override
    public void close() {
        callers.shutdownNow();
        Threads.end(callers);
        clientWork.shutdown();
    }

    private Answer call(HttpRequest request) {
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            return new Answer(response.statusCode(), null, retryAfter(response));
        } catch (IOException e) {
            return new Answer(0, e.getClass().getSimpleName(), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CLOSED;
        }
    }

    private static long retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,4}"))
                .map(Long::parseLong).orElse(0L);
    }
}
