package lifecycle;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is repeated on a thread of its own until it is closed. A task of a {@link ScheduledExecutorService} ends without
 * a word at the first thing it throws; this one logs a line, once for as long as the failure stays the same, and goes on,
 * whatever was thrown.
 */
public final class RepeatingTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatingTask.class);

    /** What is done each time. */
    public interface Work {
        void run() throws Exception;
    }

    private final String name;
    private final Duration pause;
    private final Work work;
    private final ScheduledExecutorService clock;
    private volatile long succeededAt = System.nanoTime();
    private String lastFailure;

    private RepeatingTask(String name, Duration pause, Work work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins at once.
     *
     * @param name  of the thread, and in the log
     * @param pause between the end of one time and the beginning of the next
     */
    public static RepeatingTask every(Duration pause, String name, Work work) {
        RepeatingTask repeated = new RepeatingTask(name, pause, work);
        repeated.clock.scheduleWithFixedDelay(repeated::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return repeated;
    }

    /** Since it last came to its end without a failure, or was begun. */
    public Duration sinceSuccess() {
        return Duration.ofNanos(System.nanoTime() - succeededAt);
    }

    private void once() {
        try {
            work.run();
            lastFailure = null;
            succeededAt = System.nanoTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        try {
            String words = failure.toString();
            if (!words.equals(lastFailure)) {
                LOG.warn("{} failed, and is tried again every {} ms: {}", name, pause.toMillis(), words);
                lastFailure = words;
            }
        } catch (Throwable e) {
            // As when there is no memory for the line; the schedule must not end for that.
            lastFailure = null;
        }
    }

    /** What is underway is interrupted, and waited for up to 5 s. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
