package lifecycle;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is repeated on a daemon thread of its own until it is closed. A task of a {@link ScheduledExecutorService} ends
 * silently at its first exception; this one goes on, and logs each failure once for as long as it stays the same.
 *
 * {@snippet :
 * RepeatingTask task = RepeatingTask.every(Duration.ofSeconds(2), "revisions", this::follow);
 * task.close();
 * }
 */
public final class RepeatingTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatingTask.class);

    /** The work of one run. */
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
     * Starts the first run at once.
     *
     * @param pause between the end of one run and the start of the next
     * @param name  of the thread, and in the log
     */
    public static RepeatingTask every(Duration pause, String name, Work work) {
        RepeatingTask repeated = new RepeatingTask(name, pause, work);
        repeated.clock.scheduleWithFixedDelay(repeated::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return repeated;
    }

    /** The time since a run last succeeded; since the start when none has. */
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
            // Perhaps there is no memory for the line. An exception here would end the schedule.
            lastFailure = null;
        }
    }

    /** Interrupts a run that is under way, and waits up to 5 s for its end. */
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
