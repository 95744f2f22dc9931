package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final Watchdog watchdog = new Watchdog(() -> new ArrayList<>(ended), broken::incrementAndGet,
            Duration.ofMillis(50), exits::add);

    @BeforeEach
    void start() {
        watchdog.start();
    }

    @AfterEach
    void stop() {
        watchdog.stop();
    }

    @Test
    void aThreadThatHasEndedMakesTheHubBrokenOnceAndThenEndsTheProcess() {
        ended.add("Ledger-1");

        await().untilAsserted(() -> assertThat(exits).containsExactly(Watchdog.EXIT_CODE));
        watchdog.look();
        watchdog.look();
        assertThat(broken).hasValue(1);
    }

    @Test
    void whatIsOnlyBeingStartedIsNoneThatHasEnded() {
        watchdog.stop();
        ended.add("Ledger-1");
        watchdog.look();
        ended.clear();
        watchdog.look();
        ended.add("Ledger-2");
        watchdog.look();

        assertThat(broken).hasValue(0);
        watchdog.start();
    }
}
