package simulators.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Executors of the simulators, with named daemon threads. */
public final class Threads {

    private static final long TOGETHER_MILLIS = 10;

    private Threads() {
    }

    /** A timer of one thread; tasks that are due after its shutdown are dropped. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name + "-timer"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return timer;
    }

    /**
     * Has the timer run the task when it is due, or up to 10 ms later: tasks of the same 10 ms run in one go, because a
     * wake-up of the thread for each would cost more than the tasks. Drops the task when the timer has ended.
     */
    public static void at(ScheduledExecutorService timer, Instant due, Clock clock, Runnable task) {
        long together = (due.toEpochMilli() / TOGETHER_MILLIS + 1) * TOGETHER_MILLIS;
        later(timer, Duration.ofMillis(Math.max(0, together - clock.millis())), task);
    }

    /** Has the timer run the task after this time; drops the task when the timer has ended. */
    public static void later(ScheduledExecutorService timer, Duration after, Runnable task) {
        try {
            timer.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The simulator closes. What it owes others stands in its journal, and is done after the next start.
        }
    }

    /** At most so many threads, which are started when needed and end when idle for 30 s; further tasks are queued. */
    static ExecutorService fixed(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For tasks that block: a virtual thread for each where the JVM has them, otherwise a growing pool. */
    static ExecutorService waiting(String name) {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(named(name));
        }
    }

    /** Shuts the executor down; after 5 s its threads are interrupted. */
    public static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
