package routes.commit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: what several callers submit at about the same time is written in one transaction, and each of them goes on
 * when that is committed, with its own result. One that fails by itself fails alone. Transactions follow one another.
 *
 * <pre>{@code
 * GroupCommit<NewOrder, Confirmation> commit = new GroupCommit<>("Ledger-confirm", ledger::confirm, order -> 1, failures);
 * commit.start();
 * Confirmation confirmation = commit.write(order, new BatchPolicy(200, Duration.ofMillis(10)));
 * }</pre>
 *
 * @param <T> what is submitted
 * @param <R> what comes of it
 */
public final class GroupCommit<T, R> extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** More requests than a hub has connections for. */
    private static final int ROOM = 20_000;

    /** A transaction gives up sooner; this bounds the wait behind several of those, or behind one that never ends. */
    private static final long LONGEST_SECONDS = 20;

    /**
     * Tells why a transaction failed.
     *
     * @param ofOne whether the failure is of one of those in the transaction, rather than of the database
     * @param names whether the failure tells by itself that this one is a cause of it
     */
    public record FailureClassifier<T>(Predicate<RuntimeException> ofOne, BiPredicate<RuntimeException, T> names) {
    }

    private record Waiting<T, R>(T submitted, CompletableFuture<R> result) {
    }

    private final String name;
    private final Function<List<T>, List<R>> write;
    private final ToIntFunction<T> weigh;
    private final FailureClassifier<T> failures;
    private final Batcher<Waiting<T, R>> batches;

    /**
     * @param write returns when it is committed, with a result for each, in their sequence
     * @param weigh how much each counts in a transaction
     */
    public GroupCommit(String name, Function<List<T>, List<R>> write, ToIntFunction<T> weigh,
                       FailureClassifier<T> failures) {
        this.name = name;
        this.write = write;
        this.weigh = weigh;
        this.failures = failures;
        DutyCycle dutyCycle = new DutyCycle(System.nanoTime());
        batches = new Batcher<>(name, ROOM, dutyCycle::rest, this::commit);
    }

    /**
     * Returns when it is committed.
     *
     * @throws CommitRejected   when there is no room, no commit in time, or this has stopped
     * @throws RuntimeException what {@code write} threw
     */
    public R write(T submitted, BatchPolicy policy) {
        return await(submit(submitted, policy));
    }

    /**
     * Returns at once; {@link #await} waits for it.
     *
     * @throws CommitRejected when there is no room, or this has stopped; nothing is written then
     */
    CompletableFuture<R> submit(T submitted, BatchPolicy policy) {
        if (!isStarted()) {
            throw CommitRejected.stopped();
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        if (!batches.offer(new Waiting<>(submitted, result), weigh.applyAsInt(submitted), policy)) {
            throw batches.isOpen() ? CommitRejected.full(ROOM) : CommitRejected.stopped();
        }
        return result;
    }

    /**
     * What has come of it, when it is committed. What is given up here is not written any more, unless it is in hand.
     *
     * @throws CommitRejected   when there is no commit in time
     * @throws RuntimeException what {@code write} threw
     */
    static <R> R await(CompletableFuture<R> result) {
        try {
            return result.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            result.cancel(false);
            throw CommitRejected.late(LONGEST_SECONDS);
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw CommitRejected.interrupted();
        }
    }

    @Override
    protected void doStart() {
        batches.start();
    }

    /** What is in hand is finished; what still waits is told that nothing was recorded. */
    @Override
    protected void doStop() {
        batches.abort().forEach(waiting -> waiting.result().completeExceptionally(CommitRejected.stopped()));
        batches.stop();
    }

    @Override
    public List<String> ended() {
        return batches.ended();
    }

    private void commit(List<Waiting<T, R>> batch) {
        List<Waiting<T, R>> wanted = batch.stream().filter(waiting -> !waiting.result().isDone()).toList();
        if (!wanted.isEmpty()) {
            Halving.of(wanted, this::failsForOne);
        }
    }

    private boolean failsForOne(List<Waiting<T, R>> group) {
        try {
            List<R> results = write.apply(group.stream().map(Waiting::submitted).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
            return false;
        } catch (RuntimeException e) {
            return failed(group, e, failures.ofOne().test(e));
        } catch (Error e) {
            LOG.error("{} could not write {} at once", name, group.size(), e);
            return failed(group, new IllegalStateException(e), !(e instanceof OutOfMemoryError));
        }
    }

    private boolean failed(List<Waiting<T, R>> group, RuntimeException why, boolean ofOne) {
        List<Waiting<T, R>> others = group.stream().filter(waiting -> !failures.names().test(why, waiting.submitted())).toList();
        if (others.size() < group.size()) {
            group.stream().filter(waiting -> !others.contains(waiting))
                    .forEach(waiting -> waiting.result().completeExceptionally(why));
            commit(others);
            return false;
        }
        if (ofOne && group.size() > 1) {
            return true;
        }
        group.forEach(waiting -> waiting.result().completeExceptionally(why));
        return false;
    }
}
