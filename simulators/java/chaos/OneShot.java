package chaos;

import embedded.Wait;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Does something once, at the very next moment of its kind. */
final class OneShot {

    /** @param taken whether the moment has come at another of the traps that were set together */
    private record Set(Runnable strike, AtomicBoolean taken, CountDownLatch sprung) {
    }

    private final AtomicReference<Set> set = new AtomicReference<>();

    /** The moment has come, on the thread that must not go on before the blow. @return whether the trap was set */
    boolean moment() {
        Set taken = set.getAndSet(null);
        if (taken == null || !taken.taken.compareAndSet(false, true)) {
            return false;
        }
        taken.strike.run();
        taken.sprung.countDown();
        return true;
    }

    boolean isSet() {
        return set.get() != null;
    }

    /** @return whether the moment came in time; if not, the trap is taken away */
    boolean catchNext(Runnable strike, Duration atMost) {
        return first(List.of(this), trap -> strike, atMost).isPresent();
    }

    /** Strikes where the moment comes first. @return the trap that sprung; empty when none did in time, and none is set then */
    static Optional<OneShot> first(Collection<OneShot> traps, Function<OneShot, Runnable> strike, Duration atMost) {
        AtomicBoolean taken = new AtomicBoolean();
        CountDownLatch sprung = new CountDownLatch(1);
        AtomicReference<OneShot> where = new AtomicReference<>();
        Map<OneShot, Set> mine = new HashMap<>();
        traps.forEach(trap -> mine.put(trap, new Set(() -> {
            strike.apply(trap).run();
            where.set(trap);
        }, taken, sprung)));
        mine.forEach((trap, set) -> trap.set.set(set));
        try {
            boolean inTime = sprung.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            mine.forEach((trap, set) -> trap.set.compareAndSet(set, null));
            // One that came too late to be taken away has sprung after all.
            return inTime || taken.get() && sprung.await(1, TimeUnit.SECONDS) ? Optional.of(where.get()) : Optional.empty();
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
