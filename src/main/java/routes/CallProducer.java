package routes;

import contract.Json;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the body as JSON. No thread waits for the answer. */
final class CallProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(CallProducer.class);

    private static final IntervalFunction PAUSE =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(50), 2.0, 0.5, Duration.ofSeconds(1));

    private final CallEndpoint endpoint;
    private final CallComponent component;
    private final CircuitBreaker breaker;
    private final Retry retry;

    CallProducer(CallEndpoint endpoint, CallComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.breaker = component.breakers().of(endpoint.address());
        this.retry = Retry.of(endpoint.address().getPath(), RetryConfig.custom()
                .maxAttempts(1 + endpoint.getRetries()).intervalFunction(PAUSE)
                .retryOnException(failure -> worthAnotherTry(cause(failure)))
                .build());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.address())
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .timeout(endpoint.getTimeout())
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(exchange.getMessage().getBody())))
                .build();
        Retry.decorateCompletionStage(retry, component.timer(),
                        CircuitBreaker.decorateCompletionStage(breaker, () -> attempt(request)))
                .get().toCompletableFuture()
                // Each attempt has its own limit; this one is for a retry that nobody starts, as when the hub stops.
                .orTimeout((1L + endpoint.getRetries()) * (endpoint.getTimeout().toMillis() + 1_000L),
                        TimeUnit.MILLISECONDS)
                .handle((body, failure) -> failure == null ? new Answer.Answered(body)
                        : noAnswer(cause(failure)))
                .thenAccept(answer -> {
                    exchange.getMessage().setBody(answer);
                    callback.done(false);
                })
                .exceptionally(failure -> {
                    // The caller waits in vain then, until its own limit; nobody else would tell of it.
                    LOG.error("what follows the answer of {} failed", endpoint.address(), failure);
                    return null;
                });
        return false;
    }

    private CompletionStage<byte[]> attempt(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                component.http().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        CompletableFuture<byte[]> answer = sent.thenApply(response -> {
            if (response.statusCode() != 200) {
                throw new StatusException(response.statusCode());
            }
            return response.body();
        });
        // The client's own time-out ends with the answer's headers; a body may trickle for ever, or flood us.
        return answer.orTimeout(endpoint.getTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((body, failure) -> sent.cancel(true));
    }

    private static boolean worthAnotherTry(Throwable failure) {
        return !(failure instanceof CallNotPermittedException)
                && !(failure instanceof StatusException status && status.isRefusal());
    }

    private static Answer.NoAnswer noAnswer(Throwable failure) {
        return new Answer.NoAnswer(reason(failure), because(failure));
    }

    private static Answer.Because because(Throwable failure) {
        if (failure instanceof CallNotPermittedException) {
            return Answer.Because.UNASKED;
        }
        return failure instanceof StatusException status && status.isOfTheContent()
                ? Answer.Because.CONTENT : Answer.Because.SILENT;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof StatusException) {
            return failure.getMessage();
        } else if (failure instanceof CallNotPermittedException) {
            return "circuit open";
        } else if (failure instanceof TimeoutException || failure instanceof java.net.http.HttpTimeoutException) {
            return "time-out";
        } else if (failure instanceof ConnectException) {
            return "not reachable";
        }
        return failure.getClass().getSimpleName();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
