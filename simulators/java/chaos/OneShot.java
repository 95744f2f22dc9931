package chaos;

import embedded.Wait;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A trigger that is armed for the next occurrence of a moment, and runs an action once. */
final class OneShot {

    /** @param taken whether one of the triggers that were armed together has fired */
    private record Armed(Runnable action, AtomicBoolean taken, CountDownLatch fired) {
    }

    private final AtomicReference<Armed> set = new AtomicReference<>();

    /** Reports the moment, on the thread that must not go on before the action has run. @return whether the action ran */
    boolean moment() {
        Armed taken = set.getAndSet(null);
        if (taken == null || !taken.taken.compareAndSet(false, true)) {
            return false;
        }
        taken.action.run();
        taken.fired.countDown();
        return true;
    }

    boolean isArmed() {
        return set.get() != null;
    }

    /** Runs the action of the trigger whose moment comes first. @return that trigger; empty when none fired in time */
    static Optional<OneShot> first(Collection<OneShot> shots, Function<OneShot, Runnable> action, Duration atMost) {
        AtomicBoolean taken = new AtomicBoolean();
        CountDownLatch fired = new CountDownLatch(1);
        AtomicReference<OneShot> where = new AtomicReference<>();
        Map<OneShot, Armed> mine = new HashMap<>();
        shots.forEach(shot -> mine.put(shot, new Armed(() -> {
            action.apply(shot).run();
            where.set(shot);
        }, taken, fired)));
        mine.forEach((shot, set) -> shot.set.set(set));
        try {
            boolean inTime = fired.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            mine.forEach((shot, set) -> shot.set.compareAndSet(set, null));
            // A trigger that fired while it was being disarmed counts.
            return inTime || taken.get() && fired.await(1, TimeUnit.SECONDS) ? Optional.of(where.get()) : Optional.empty();
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
