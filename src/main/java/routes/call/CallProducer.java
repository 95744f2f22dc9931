package routes.call;

import contract.Json;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the body as JSON. The caller's thread goes on; another waits for the answer, and does what follows it. */
final class CallProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(CallProducer.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** Longer or shorter by up to so much of it. */
    private static final double AT_RANDOM = 0.5;
    private static final IntervalFunction PAUSE =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0, AT_RANDOM, LONGEST_PAUSE);

    /** Enough for what is said of one order; some ten times the longest that the contract has for each of many. */
    private static final int BYTES_OF_ONE = 64 * 1024;
    private static final int BYTES_OF_EACH = 8 * 1024;

    private final CallEndpoint endpoint;
    private final CallComponent component;
    private final Circuit circuit;
    private final Retry retry;

    CallProducer(CallEndpoint endpoint, CallComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.circuit = component.breakers().of(endpoint.address());
        this.retry = Retry.of(endpoint.address().getPath(), RetryConfig.custom()
                .maxAttempts(1 + endpoint.getRetries()).intervalFunction(PAUSE)
                .retryOnException(CallProducer::worthAnotherTry)
                .build());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        byte[] question = Json.write(exchange.getMessage().getBody());
        String store = exchange.getProperty(CallEndpoint.STORE, String.class);
        int orders = exchange.getProperty(CallEndpoint.ORDERS, 1, Integer.class);
        component.threads().execute(() -> {
            // Until the answer is read and applied it takes memory.
            try (AnswerMemoryLimit.Share room = component.room().share(longestAnswer(orders))) {
                exchange.getMessage().setBody(answer(question, store, room));
                callback.done(false);
            } catch (RuntimeException | Error e) {
                // Who waits for the exchange does so until a limit of its own, and nothing else would tell of it.
                LOG.error("what follows the answer of {} failed", circuit.name(), e);
            }
        });
        return false;
    }

    /** In bytes. */
    static int longestAnswer(int orders) {
        return Math.min(CallClient.LONGEST_ANSWER, Math.max(BYTES_OF_ONE, orders * BYTES_OF_EACH));
    }

    /** Before the first, second, … retry. */
    static Duration longestPause(int retry) {
        long millis = (long) (FIRST_PAUSE.toMillis() * Math.pow(2, retry - 1) * (1 + AT_RANDOM));
        return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
    }

    private Answer answer(byte[] question, String store, AnswerMemoryLimit.Share room) {
        try {
            return new Answer.Answered(Retry.decorateCallable(retry, () -> circuit.call(store, endpoint.getTimeout(),
                    () -> component.client().post(endpoint.address(), question, endpoint.getTimeout(), room))).call());
        } catch (Exception | Error e) {
            return new Answer.NoAnswer(reason(e), because(e));
        }
    }

    private static boolean worthAnotherTry(Throwable failure) {
        return !(failure instanceof CallNotPermittedException) && !(failure.getCause() instanceof CallNotPermittedException)
                && !(failure instanceof UselessAnswerException answer && answer.isRefusal());
    }

    private static Answer.Because because(Throwable failure) {
        if (failure instanceof OfOneStoreException) {
            return Answer.Because.STORE;
        }
        if (failure instanceof CallNotPermittedException) {
            return Answer.Because.UNASKED;
        }
        return failure instanceof UselessAnswerException answer ? answer.because() : Answer.Because.SILENT;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof OfOneStoreException) {
            return failure.getCause() instanceof CallNotPermittedException ? "circuit of its store open"
                    : reason(failure.getCause());
        } else if (failure instanceof UselessAnswerException) {
            return failure.getMessage();
        } else if (failure instanceof CallNotPermittedException) {
            return "circuit open";
        } else if (failure instanceof TimeoutException) {
            return "time-out";
        } else if (failure instanceof ConnectException || failure instanceof ConnectTimeoutException
                || failure instanceof UnknownHostException || failure instanceof NoRouteToHostException) {
            return "not reachable";
        }
        return failure.getClass().getSimpleName();
    }
}
