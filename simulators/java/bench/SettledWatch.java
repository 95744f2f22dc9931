package bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads the number of settled orders every half second, on a thread of its own. */
final class SettledWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;

    private final SettledCounters counted;
    private final Runnable looks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "watches-settled");
    private volatile long settled;

    /** @param looks runs after each answer */
    SettledWatch(SettledCounters counted, Runnable looks) {
        this.counted = counted;
        this.looks = looks;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The number by the last answer. */
    long settled() {
        return settled;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                counted.now().ifPresent(value -> {
                    settled = value;
                    looks.run();
                });
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
