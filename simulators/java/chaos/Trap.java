package chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import stage.Wait;

/** Does something once, at the very next moment of its kind. */
final class Trap {

    private record Set(Runnable blow, CountDownLatch sprung) {
    }

    private final AtomicReference<Set> set = new AtomicReference<>();

    /** The moment has come, on the thread that must not go on before the blow. @return whether the trap was set */
    boolean moment() {
        Set taken = set.getAndSet(null);
        if (taken == null) {
            return false;
        }
        taken.blow.run();
        taken.sprung.countDown();
        return true;
    }

    boolean isSet() {
        return set.get() != null;
    }

    /** @return whether the moment came in time; if not, the trap is taken away */
    boolean catchNext(Runnable blow, Duration atMost) {
        Set mine = new Set(blow, new CountDownLatch(1));
        set.set(mine);
        try {
            boolean sprung = mine.sprung.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            // Taken away too late, it has sprung after all.
            return sprung || !set.compareAndSet(mine, null) && mine.sprung.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
