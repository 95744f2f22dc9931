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
 * Posts JSON, with a bound on the number of concurrent calls; further calls are queued.
 *
 * <p>A fixed number of threads wait for the answers, because on a machine of two cores the JDK's {@code sendAsync} starts
 * a new thread for every answer (there {@code CompletableFuture} has no pool).
 */
public final class HttpCaller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCaller.class);
    private static final Answer CLOSED = new Answer(0, "closed", 0);

    private final HttpClient client;
    private final Duration timeout;
    private final ExecutorService callers;
    /** For the client's own work, which never blocks; its default executor would start a thread for each call in flight. */
    private final ExecutorService clientWork;

    /**
     * The result of a call.
     *
     * @param status     of HTTP; 0 when there was no answer
     * @param failure    why there was no answer; null when there was one
     * @param retryAfter seconds of the header {@code Retry-After}; 0 without it
     */
    public record Answer(int status, String failure, long retryAfter) {
        public boolean good() {
            return status >= 200 && status < 300;
        }

        /** Whether the server may have carried out the request, or may yet: it is to be retried. */
        public boolean undecided() {
            return status == 0 || status >= 500 || status == 429 || status == 408;
        }

        public String said() {
            return status == 0 ? failure : Integer.toString(status);
        }
    }

    /**
     * @param mostAtOnce bound on concurrent calls
     * @param timeout    for the answer to one call, counted from when it is sent
     */
    public HttpCaller(String name, int mostAtOnce, Duration timeout) {
        this.timeout = timeout;
        this.callers = Threads.fixed(name + "-caller", mostAtOnce);
        this.clientWork = Threads.fixed(name + "-client", Math.max(2, Runtime.getRuntime().availableProcessors()));
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(clientWork)
                .connectTimeout(timeout.compareTo(Duration.ofSeconds(5)) < 0 ? timeout : Duration.ofSeconds(5)).build();
    }

    /** The future never fails: no answer is an {@link Answer}, too. Its continuations run on a thread of this caller. */
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
                    LOG.error("the continuation of an answer failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            answered.complete(CLOSED);
        }
        return answered;
    }

    /** Queued calls are not sent any more; those in flight end without an answer. */
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
