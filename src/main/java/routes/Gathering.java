package routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import ledger.Arrival;
import ledger.Result;

/**
 * Group commit: what several requests bring at about the same time is applied in one transaction, and each of them goes
 * on when that is committed, with its own results. One that fails by itself fails alone ({@link Inbox}).
 */
final class Gathering {

    /** More requests than a hub has connections for. */
    private static final int ROOM = 20_000;

    /** The database has given up by then; this bounds what nobody has thought of. */
    private static final long LONGEST_SECONDS = 20;

    private record Waiting(Arrival arrival, CompletableFuture<List<Result>> results) {
    }

    private final Function<List<Arrival>, List<Result>> ledger;
    private final int most;
    private final Duration linger;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean open = true;

    /**
     * @param ledger applies arrivals; returns when that is committed
     * @param most   arrivals in one transaction
     * @param linger how long the first of a group waits for others
     */
    Gathering(Function<List<Arrival>, List<Result>> ledger, int most, Duration linger) {
        this.ledger = ledger;
        this.most = most;
        this.linger = linger;
    }

    /**
     * Returns when it is committed.
     *
     * @return the arrival's result, if the ledger could take it
     * @throws Problem          when there is no room, or no end of it
     * @throws RuntimeException what the ledger threw, for all that came with it
     */
    List<Result> apply(Arrival arrival) {
        Waiting waiting = new Waiting(arrival, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw Problem.unavailable();
        }
        // It was closed after this came, or finds this in the queue.
        if (!open && queue.remove(waiting)) {
            throw Problem.notReady();
        }
        try {
            return waiting.results().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            throw Problem.unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable();
        }
    }

    /** Commits one group after the other until the thread is interrupted; what waits then is told so. */
    void work() {
        open = true;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                commit(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open = false;
            List<Waiting> left = new ArrayList<>();
            queue.drainTo(left);
            left.forEach(waiting -> waiting.results().completeExceptionally(Problem.notReady()));
        }
    }

    private List<Waiting> next() throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        group.add(queue.take());
        // Not woken by each that comes: the wait is short, and bounds what it costs.
        LockSupport.parkNanos(linger.toNanos());
        queue.drainTo(group, most - 1);
        return group;
    }

    private void commit(List<Waiting> group) {
        try {
            Map<Arrival, Result> results = new IdentityHashMap<>();
            ledger.apply(group.stream().map(Waiting::arrival).toList())
                    .forEach(result -> results.put(result.arrival(), result));
            group.forEach(waiting -> {
                Result own = results.get(waiting.arrival());
                waiting.results().complete(own == null ? List.of() : List.of(own));
            });
        } catch (RuntimeException | Error e) {
            RuntimeException failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            group.forEach(waiting -> waiting.results().completeExceptionally(failure));
        }
    }
}
