package lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a hub does again and again goes on, whatever one time throws. */
class RepeatingTaskTest {

    @Test
    void noErrorEndsIt() {
        AtomicInteger times = new AtomicInteger();
        try (RepeatingTask repeated = RepeatingTask.every(Duration.ofMillis(1), "test", () -> {
            switch (times.incrementAndGet()) {
                case 1 -> throw new StackOverflowError();
                case 2 -> throw new OutOfMemoryError("of this test");
                case 3 -> throw new IllegalStateException("of this test");
                case 4 -> throw new java.io.IOException("of this test");
                default -> { }
            }
        })) {
            await().untilAsserted(() -> assertThat(times).hasValueGreaterThan(5));
        }
    }

    @Test
    void itTellsHowLongItHasBeenInVain() {
        AtomicInteger times = new AtomicInteger();
        try (RepeatingTask vain = RepeatingTask.every(Duration.ofMillis(1), "test", () -> {
            times.incrementAndGet();
            throw new LinkageError("of this test");
        })) {
            await().untilAsserted(() -> assertThat(vain.sinceSuccess()).isGreaterThan(Duration.ofMillis(100)));
            assertThat(times).hasValueGreaterThan(1);
        }
    }

    @Test
    void whatIsClosedIsNotRepeated() {
        AtomicInteger times = new AtomicInteger();
        RepeatingTask repeated = RepeatingTask.every(Duration.ofMillis(1), "test", times::incrementAndGet);
        await().untilAsserted(() -> assertThat(times).hasValueGreaterThan(1));
        repeated.close();
        int then = times.get();
        try (RepeatingTask other = RepeatingTask.every(Duration.ofMillis(1), "other", () -> { })) {
            await().untilAsserted(() -> assertThat(times).hasValue(then));
        }
    }
}
