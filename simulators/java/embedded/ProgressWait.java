package embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a process for as long as the process makes progress, so that a slow or busy machine is no failure. */
public final class ProgressWait {

    /** Bounds a wait for a process that works and never comes to an end. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration WINDOW = Duration.ofSeconds(1);

    /**
     * Share of a processor, in percent. A JVM that only waits uses less; one that starts gets more even on a busy machine.
     */
    private static final int WORKS_PERCENT = 3;

    private ProgressWait() {
    }

    /**
     * @param idle how long the process may go without using the processor; time in which it works does not count
     * @return whether the fact was seen; false when the process ended without it, was idle for too long, or worked for 15
     *         minutes
     */
    public static boolean until(BooleanSupplier fact, Process process, Duration idle) {
        long begun = System.nanoTime();
        long windowBegun = begun;
        long worked = begun;
        Duration used = used(process);
        while (!fact.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - windowBegun >= WINDOW.toNanos()) {
                Duration usedNow = used(process);
                if (usedNow.minus(used).toNanos() * 100 >= (now - windowBegun) * WORKS_PERCENT) {
                    worked = now;
                }
                used = usedNow;
                windowBegun = now;
            }
            if (!process.isAlive() || now - worked >= idle.toNanos() || now - begun >= LONGEST.toNanos()) {
                return fact.getAsBoolean();
            }
            Wait.lasting(Wait.LOOK);
        }
        return true;
    }

    /** Zero where the system does not tell it; then only the time counts. */
    private static Duration used(Process process) {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
