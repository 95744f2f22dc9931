package embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for a fact, or for as long as something is to last. An interrupt ends either. */
public final class Wait {

    static final Duration LOOK = Duration.ofMillis(50);

    private Wait() {
    }

    /** @return whether the fact was seen in time */
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

    public static void lasting(Duration time) {
        try {
            // Nobody counts it down: an interrupt alone ends it early.
            new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new Interrupted();
        }
    }

    /** The run was told to end. */
    public static final class Interrupted extends RuntimeException {
        public Interrupted() {
            super("interrupted", null, false, false);
        }
    }
}
