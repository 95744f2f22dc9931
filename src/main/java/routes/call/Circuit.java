package routes.call;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Circuit breaker of an address: whether it is called, or left alone for a while. Where calls are of one store each, a store
 * has a circuit of its own within that of the address. A status of 500 or more counts against the store alone, so that
 * broken stores don't keep the others from being asked. A failure to connect counts against the address. So does a time-out,
 * unless the address has answered another call shortly before: then the address is up, and the time-out counts against the
 * store.
 */
final class Circuit {

    /**
     * A store's circuit is kept only while it has failed lately; of more than these the one that failed least lately goes.
     */
    private static final int MOST_STORES = 2_000;

    /** A call that is repeated once and fails twice opens no circuit; the next failure does. */
    private static final CircuitBreakerConfig OF_A_STORE = CircuitBreakerConfig.custom()
            .slidingWindowSize(6).minimumNumberOfCalls(4).failureRateThreshold(50)
            .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(2), 2.0, Duration.ofMinutes(1)))
            .permittedNumberOfCallsInHalfOpenState(1).build();

    /** An address counts as up for this many of a call's time-outs after its last answer. */
    private static final int UP_FOR_TIMEOUTS = 5;

    private final CircuitBreaker address;
    private final Map<String, CircuitBreaker> failing = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CircuitBreaker> eldest) {
            return size() > MOST_STORES;
        }
    };
    /** When the address answered last, by {@link System#nanoTime()}; 0 before the first time. */
    private volatile long answered;

    Circuit(CircuitBreaker address) {
        this.address = address;
    }

    String name() {
        return address.getName();
    }

    /**
     * @param store   the one that the call is of; null when it is of several, or of none
     * @param timeout of the call
     * @throws OfOneStoreException       when the store, and not the address, is why there is no answer
     * @throws CallNotPermittedException when the address is left alone
     */
    <T> T call(String store, Duration timeout, Callable<T> call) throws Exception {
        return address.executeCallable(() -> store == null ? noted(call) : ofStore(store, timeout, call));
    }

    private <T> T ofStore(String store, Duration timeout, Callable<T> call) throws Exception {
        CircuitBreaker its = of(store);
        try {
            if (its != null) {
                its.acquirePermission();
            }
        } catch (CallNotPermittedException e) {
            throw new OfOneStoreException(e);
        }
        long begun = System.nanoTime();
        try {
            T answer = noted(call);
            succeeded(store, its, begun);
            return answer;
        } catch (UselessAnswerException e) {
            if (e.because() != Answer.Because.SILENT || e.isRefusal()) {
                succeeded(store, its, begun);
                throw e;
            }
            throw failed(store, begun, e);
        } catch (Exception | Error e) {
            if (e instanceof Exception failure && !isOfTheWay(failure) && isUp(timeout)) {
                throw failed(store, begun, failure);
            }
            if (its != null) {
                its.releasePermission();
            }
            throw e;
        }
    }

    private <T> T noted(Callable<T> call) throws Exception {
        try {
            T answer = call.call();
            answered = System.nanoTime();
            return answer;
        } catch (UselessAnswerException e) {
            answered = System.nanoTime();
            throw e;
        }
    }

    private boolean isUp(Duration timeout) {
        return answered != 0 && System.nanoTime() - answered < UP_FOR_TIMEOUTS * timeout.toNanos();
    }

    /** Whether the address can't be reached, so that the failure says nothing of the store. */
    private static boolean isOfTheWay(Exception failure) {
        return failure instanceof ConnectException || failure instanceof ConnectTimeoutException
                || failure instanceof UnknownHostException || failure instanceof NoRouteToHostException;
    }

    private void succeeded(String store, CircuitBreaker its, long begun) {
        if (its == null) {
            return;
        }
        its.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        if (its.getState() == CircuitBreaker.State.CLOSED && its.getMetrics().getNumberOfFailedCalls() == 0) {
            synchronized (failing) {
                failing.remove(store);
            }
        }
    }

    private OfOneStoreException failed(String store, long begun, Exception failure) {
        CircuitBreaker its;
        synchronized (failing) {
            its = failing.computeIfAbsent(store, id -> CircuitBreaker.of(id, OF_A_STORE));
        }
        its.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failure);
        return new OfOneStoreException(failure);
    }

    private CircuitBreaker of(String store) {
        synchronized (failing) {
            return failing.get(store);
        }
    }

    int storesLeftAlone() {
        synchronized (failing) {
            return (int) failing.values().stream().filter(store -> store.getState() == CircuitBreaker.State.OPEN).count();
        }
    }

    int storesKept() {
        synchronized (failing) {
            return failing.size();
        }
    }

    static boolean speaksAgainstTheAddress(Throwable failure) {
        return !(failure instanceof OfOneStoreException)
                && !(failure instanceof UselessAnswerException answer && answer.isRefusal());
    }

    /** Failures that count neither for nor against the address. */
    static boolean saysNothingOfTheAddress(Throwable failure) {
        return failure instanceof OfOneStoreException store && !(store.getCause() instanceof UselessAnswerException)
                || failure instanceof UselessAnswerException answer && answer.because() == Answer.Because.UNASKED;
    }
}
