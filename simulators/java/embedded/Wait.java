package embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a condition or for a time. An interrupt ends both with {@link Interrupted}. */
public final class Wait {

    static final Duration LOOK = Duration.ofMillis(50);

    private Wait() {
    }

    /**
     * Waits until the condition holds; looks every 50 ms.
     *
     * @return whether it held in time
     */
    public static boolean until(BooleanSupplier fact, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            lasting(LOOK);
        }
        return true;
    }

    /** Waits for this time. */
    public static void lasting(Duration time) {
        try {
            // The latch is never counted down: only an interrupt ends the wait early.
            new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new Interrupted();
        }
    }

    /** The thread was interrupted: the run is to end. */
    public static final class Interrupted extends RuntimeException {
        public Interrupted() {
            super("interrupted", null, false, false);
        }
    }
}
