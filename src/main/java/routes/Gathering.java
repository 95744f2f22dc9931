package routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: what several requests bring at about the same time is written in one transaction, and each of them goes on
 * when that is committed, with its own result. One that fails by itself fails alone.
 *
 * @param <T> what a request brings
 * @param <R> what comes of it
 */
final class Gathering<T, R> extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

    /** More requests than a hub has connections for. */
    private static final int ROOM = 20_000;

    /** The database has given up by then; this bounds what nobody has thought of. */
    private static final long LONGEST_SECONDS = 20;

    private record Waiting<T, R>(T brought, CompletableFuture<R> result) {
    }

    private final String name;
    private final Function<List<T>, List<R>> write;
    private final int most;
    private final Duration linger;
    private final BlockingQueue<Waiting<T, R>> queue = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean open;
    private Thread writer;

    /**
     * @param write  returns when it is committed, with a result for each, in their sequence
     * @param most   in one transaction
     * @param linger how long the first of a group waits for others
     */
    Gathering(String name, Function<List<T>, List<R>> write, int most, Duration linger) {
        this.name = name;
        this.write = write;
        this.most = most;
        this.linger = linger;
    }

    /**
     * Returns when it is committed.
     *
     * @throws Problem          when there is no room, or no end of it
     * @throws RuntimeException what {@code write} threw
     */
    R write(T brought) {
        Waiting<T, R> waiting = new Waiting<>(brought, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw Problem.unavailable();
        }
        // It was closed after this came, or finds this in the queue.
        if (!open && queue.remove(waiting)) {
            throw Problem.notReady();
        }
        try {
            return waiting.result().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            throw Problem.unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable();
        }
    }

    @Override
    protected void doStart() {
        open = true;
        writer = new Thread(this::work, name);
        writer.setDaemon(true);
        writer.start();
    }

    /** What is in hand is finished, what still waits is told that nothing was recorded. */
    @Override
    protected void doStop() throws InterruptedException {
        open = false;
        writer.interrupt();
        // Else it would meet its successor, should this be started again.
        writer.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        List<Waiting<T, R>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(waiting -> waiting.result().completeExceptionally(Problem.notReady()));
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Waiting<T, R>> next() throws InterruptedException {
        List<Waiting<T, R>> group = new ArrayList<>();
        group.add(queue.take());
        // Not woken by each that comes: the wait is short, and bounds what it costs.
        LockSupport.parkNanos(linger.toNanos());
        queue.drainTo(group, most - 1);
        return group;
    }

    /** Whatever goes wrong with one group, the next is written: nothing else would start this again. */
    private void write(List<Waiting<T, R>> group) {
        try {
            List<R> results = write.apply(group.stream().map(Waiting::brought).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException e) {
            if (group.size() > 1 && Inbox.isTheMessagesFault(e)) {
                int half = group.size() / 2;
                write(group.subList(0, half));
                write(group.subList(half, group.size()));
            } else {
                group.forEach(waiting -> waiting.result().completeExceptionally(e));
            }
        } catch (Error e) {
            LOG.error("{} could not write {} at once; whoever brought them is told so", name, group.size(), e);
            group.forEach(waiting -> waiting.result().completeExceptionally(new IllegalStateException(e)));
        }
    }
}
