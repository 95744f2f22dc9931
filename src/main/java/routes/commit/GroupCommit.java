package routes.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.http.Problem;

/**
 * Group commit: what several bring at about the same time is written in one transaction, and each of them goes on when that
 * is committed, with its own result. One that fails by itself fails alone. Transactions follow one another.
 *
 * @param <T> what is brought
 * @param <R> what comes of it
 */
public final class GroupCommit<T, R> extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** More requests than a hub has connections for. */
    private static final int ROOM = 20_000;

    /** A transaction gives up sooner; this bounds what waits behind several of those, or behind what nobody thought of. */
    private static final long LONGEST_SECONDS = 20;

    /**
     * How something goes with others.
     *
     * @param most     in one transaction with it, by weight; what is heavier by itself is written alone
     * @param linger   how long it waits for others before a transaction begins with it, unless that is full before; longer
     *                 while the writer is at work, or rests
     * @param givesWay it is written behind what comes within this time after it and gives way less, should not all fit
     */
    public record BatchPolicy(int most, Duration linger, Duration givesWay) {

        /** For all that are of one kind. */
        public BatchPolicy(int most, Duration linger) {
            this(most, linger, Duration.ZERO);
        }
    }

    private record Waiting<T, R>(T brought, int weight, BatchPolicy terms, long came, long number, CompletableFuture<R> result)
            implements Comparable<Waiting<T, R>> {

        /** When it no longer waits for others, by {@link System#nanoTime}. */
        long begins() {
            return came + terms.linger().toNanos();
        }

        @Override
        public int compareTo(Waiting<T, R> other) {
            int byTurn = Long.signum(turn() - other.turn());
            return byTurn != 0 ? byTurn : Long.compare(number, other.number);
        }

        private long turn() {
            return came + terms.givesWay().toNanos();
        }
    }

    private final String name;
    private final Function<List<T>, List<R>> write;
    private final ToIntFunction<T> weigh;
    private final BiPredicate<RuntimeException, T> causedBy;
    private final Lock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private final PriorityQueue<Waiting<T, R>> queue = new PriorityQueue<>();
    private int weightInQueue;
    /** When what waits no longer lingers; says nothing while the queue is empty. */
    private long begins;
    /** Until then the writer rests, unless the next transaction is full before. */
    private long restsUntil = System.nanoTime();
    private long numbers;
    private boolean open;
    private volatile Thread writer;

    /** @param write returns when it is committed, with a result for each, in their sequence */
    public GroupCommit(String name, Function<List<T>, List<R>> write) {
        this(name, write, brought -> 1, (failure, brought) -> false);
    }

    /**
     * @param weigh    how much each counts in a transaction
     * @param causedBy whether a failure of a transaction tells by itself that this one is a cause of it
     */
    public GroupCommit(String name, Function<List<T>, List<R>> write, ToIntFunction<T> weigh,
              BiPredicate<RuntimeException, T> causedBy) {
        this.name = name;
        this.write = write;
        this.weigh = weigh;
        this.causedBy = causedBy;
    }

    /**
     * Returns when it is committed.
     *
     * @throws Problem          when there is no room, or no end of it
     * @throws RuntimeException what {@code write} threw
     */
    public R write(T brought, BatchPolicy terms) {
        return await(submit(brought, terms));
    }

    /**
     * Returns at once; {@link #await} waits for it.
     *
     * @throws Problem when there is no room, or this has stopped; nothing is written then
     */
    CompletableFuture<R> submit(T brought, BatchPolicy terms) {
        lock.lock();
        try {
            if (!open) {
                throw Problem.notReady();
            }
            if (queue.size() >= ROOM) {
                throw Problem.unavailable();
            }
            Waiting<T, R> waiting = new Waiting<>(brought, weigh.applyAsInt(brought), terms, System.nanoTime(), numbers++,
                    new CompletableFuture<>());
            queue.add(waiting);
            weightInQueue += waiting.weight();
            boolean sooner = queue.size() == 1 || waiting.begins() - begins < 0;
            if (sooner) {
                begins = waiting.begins();
            }
            // The writer is not woken by each that comes.
            if (sooner || isFull()) {
                ready.signal();
            }
            return waiting.result();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has come of it, when it is committed. What is given up here is not written any more, unless it is in hand.
     *
     * @throws Problem          when there is no end of it
     * @throws RuntimeException what {@code write} threw
     */
    static <R> R await(CompletableFuture<R> brought) {
        try {
            return brought.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            brought.cancel(false);
            throw Problem.unavailable();
        } catch (InterruptedException e) {
            brought.cancel(false);
            Thread.currentThread().interrupt();
            throw Problem.unavailable();
        }
    }

    @Override
    protected void doStart() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
        writer = new Thread(this::work, name);
        writer.setDaemon(true);
        writer.start();
    }

    /** What is in hand is finished, what still waits is told that nothing was recorded. */
    @Override
    protected void doStop() throws InterruptedException {
        closeQueue().forEach(waiting -> waiting.result().completeExceptionally(Problem.notReady()));
        if (writer != null) {
            writer.interrupt();
            // Else it would meet its successor, should this be started again.
            writer.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        }
    }

    @Override
    public List<String> ended() {
        return isStarted() && !writer.isAlive() ? List.of(name) : List.of();
    }

    private List<Waiting<T, R>> closeQueue() {
        lock.lock();
        try {
            open = false;
            List<Waiting<T, R>> left = List.copyOf(queue);
            queue.clear();
            weightInQueue = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        DutyCycle dutyCycle = new DutyCycle(System.nanoTime());
        while (!Thread.currentThread().isInterrupted()) {
            try {
                List<Waiting<T, R>> group = next();
                long began = System.nanoTime();
                write(group);
                long ended = System.nanoTime();
                restsUntil = ended + dutyCycle.rest(began, ended);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Error e) {
                // As when there is no memory for the list of what is next: nothing else would start this again.
                LOG.error("{} goes on with the next transaction", name, e);
            }
        }
    }

    private List<Waiting<T, R>> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() || !isFull() && untilNext() > 0) {
                if (queue.isEmpty()) {
                    ready.await();
                } else {
                    ready.awaitNanos(untilNext());
                }
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private long untilNext() {
        long now = System.nanoTime();
        return Math.max(begins - now, restsUntil - now);
    }

    private boolean isFull() {
        return weightInQueue >= queue.peek().terms().most();
    }

    private List<Waiting<T, R>> take() {
        List<Waiting<T, R>> group = new ArrayList<>();
        int weight = 0;
        int most = Integer.MAX_VALUE;
        for (Waiting<T, R> next = queue.peek(); next != null; next = queue.peek()) {
            most = Math.min(most, next.terms().most());
            boolean givenUp = next.result().isDone();
            if (!givenUp && !group.isEmpty() && weight + next.weight() > most) {
                break;
            }
            queue.remove();
            weightInQueue -= next.weight();
            if (!givenUp) {
                weight += next.weight();
                group.add(next);
            }
        }
        // What is left had no room, and has lingered long enough.
        begins = System.nanoTime();
        return group;
    }

    /** Whatever goes wrong with one group, the next is written: nothing else would start this again. */
    private void write(List<Waiting<T, R>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            List<R> results = write.apply(group.stream().map(Waiting::brought).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException e) {
            failed(group, e, EventApplier.isTheMessagesFault(e));
        } catch (Error e) {
            LOG.error("{} could not write {} at once", name, group.size(), e);
            failed(group, new IllegalStateException(e), !(e instanceof OutOfMemoryError));
        }
    }

    private void failed(List<Waiting<T, R>> group, RuntimeException why, boolean byOneOfThem) {
        List<Waiting<T, R>> others = group.stream().filter(waiting -> !causedBy.test(why, waiting.brought())).toList();
        if (others.size() < group.size()) {
            group.stream().filter(waiting -> !others.contains(waiting))
                    .forEach(waiting -> waiting.result().completeExceptionally(why));
            write(others);
        } else if (byOneOfThem && group.size() > 1) {
            int half = group.size() / 2;
            write(group.subList(0, half));
            write(group.subList(half, group.size()));
        } else {
            group.forEach(waiting -> waiting.result().completeExceptionally(why));
        }
    }
}
