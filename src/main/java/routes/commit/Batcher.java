package routes.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue whose items are handed on in batches, one batch after the other, on a thread of its own.
 *
 * <p>Items are taken in from the beginning, and handed on once this is started. {@link #stop} returns when all are handed on;
 * {@link #abort} hands on no more.
 */
public final class Batcher<T> extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private static final long LONGEST_MILLIS = 20_000;

    private record Waiting<T>(T item, int weight, BatchPolicy policy, long came, long number)
            implements Comparable<Waiting<T>> {

        /** From when on it may be in a batch; this and the others by {@link System#nanoTime}. */
        long mayGo() {
            return came + policy.after().toNanos();
        }

        /** From when on it no longer waits for others. */
        long begins() {
            return mayGo() + policy.linger().toNanos();
        }

        private long turn() {
            return came + policy.givesWay().toNanos();
        }

        @Override
        public int compareTo(Waiting<T> other) {
            int byTurn = Long.signum(turn() - other.turn());
            return byTurn != 0 ? byTurn : Long.compare(number, other.number);
        }
    }

    private final String name;
    private final int room;
    private final LongBinaryOperator rest;
    private final Consumer<List<T>> handle;
    private final Lock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private final PriorityQueue<Waiting<T>> queue = new PriorityQueue<>();
    private int weightInQueue;
    /** When what waits no longer lingers; says nothing while the queue is empty. */
    private long begins;
    /** Until then the worker rests, unless the next batch is full before. */
    private long restsUntil = System.nanoTime();
    private long numbers;
    private volatile boolean open = true;
    private volatile boolean aborted;
    private volatile Thread worker;

    /**
     * @param name   of the thread
     * @param room   items that wait, at most
     * @param rest   for how many nanoseconds the worker rests after a batch, from when the batch began and ended by
     *               {@link System#nanoTime}
     * @param handle what is done with a batch; one that fails is logged, and the next one is handed on
     */
    public Batcher(String name, int room, LongBinaryOperator rest, Consumer<List<T>> handle) {
        this.name = name;
        this.room = room;
        this.rest = rest;
        this.handle = handle;
    }

    /** @return false when it is not taken in: there is no room, or this has stopped */
    public boolean offer(T item, BatchPolicy policy) {
        return offer(item, 1, policy);
    }

    /** @param weight how much the item counts in a batch */
    boolean offer(T item, int weight, BatchPolicy policy) {
        lock.lock();
        try {
            if (!open || queue.size() >= room) {
                return false;
            }
            Waiting<T> waiting = new Waiting<>(item, weight, policy, System.nanoTime(), numbers++);
            queue.add(waiting);
            weightInQueue += weight;
            boolean sooner = queue.size() == 1 || waiting.begins() - begins < 0;
            if (sooner) {
                begins = waiting.begins();
            }
            // The worker is not woken by each that comes.
            if (sooner || isFull()) {
                ready.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many items wait; those of the batch in hand are not among them. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether items are taken in. */
    public boolean isOpen() {
        return open;
    }

    @Override
    protected void doStart() {
        open = true;
        aborted = false;
        worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
    }

    /** Returns when all that wait are handed on, at once. */
    @Override
    protected void doStop() throws InterruptedException {
        lock.lock();
        try {
            open = false;
            ready.signal();
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            worker.join(aborted ? LONGEST_MILLIS : 0);
        }
    }

    /**
     * Takes in no more and hands on no more; the batch in hand is interrupted. {@link #stop} then waits for its end, 20 s at
     * most.
     *
     * @return what waited
     */
    public List<T> abort() {
        lock.lock();
        try {
            open = false;
            aborted = true;
            List<T> left = queue.stream().sorted().map(Waiting::item).toList();
            queue.clear();
            weightInQueue = 0;
            if (worker != null) {
                worker.interrupt();
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> ended() {
        return isStarted() && open && !worker.isAlive() ? List.of(name) : List.of();
    }

    private void work() {
        try {
            // A worker that was slow to end leaves the queue to its successor.
            while (Thread.currentThread() == worker && handOn()) {
                // Goes on until this has stopped.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when this has stopped and nothing waits */
    private boolean handOn() throws InterruptedException {
        try {
            List<T> batch = next();
            if (batch.isEmpty()) {
                return false;
            }
            long began = System.nanoTime();
            handle.accept(batch);
            long ended = System.nanoTime();
            restsUntil = ended + rest.applyAsLong(began, ended);
        } catch (RuntimeException | Error e) {
            // Also an Error, as when there is no memory for a moment: nothing else would start the thread again.
            LOG.error("{} goes on with the next batch", name, e);
        }
        return true;
    }

    /** @return none when this has stopped and nothing waits */
    private List<T> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<T> batch = List.of();
            while (batch.isEmpty() && !(queue.isEmpty() && !open)) {
                if (queue.isEmpty()) {
                    ready.await();
                } else if (open && !isFull() && untilNext() > 0) {
                    ready.awaitNanos(untilNext());
                } else {
                    batch = take();
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long untilNext() {
        long now = System.nanoTime();
        return Math.max(begins - now, restsUntil - now);
    }

    private boolean isFull() {
        BatchPolicy first = queue.peek().policy();
        return weightInQueue >= first.most() && first.after().isZero();
    }

    private List<T> take() {
        List<T> batch = new ArrayList<>();
        int weight = 0;
        int most = Integer.MAX_VALUE;
        long now = System.nanoTime();
        Waiting<T> next = queue.peek();
        while (next != null && (!open || next.mayGo() <= now)) {
            most = Math.min(most, next.policy().most());
            if (!batch.isEmpty() && weight + next.weight() > most) {
                break;
            }
            queue.remove();
            weightInQueue -= next.weight();
            weight += next.weight();
            batch.add(next.item());
            next = queue.peek();
        }
        if (next != null) {
            // What had no room in the batch has lingered long enough.
            begins = next.mayGo() <= now ? now : next.begins();
        }
        return batch;
    }
}
