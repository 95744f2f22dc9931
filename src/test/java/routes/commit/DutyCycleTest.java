package routes.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.commit.DutyCycle.LONGEST_REST_NANOS;
import static routes.commit.DutyCycle.MOST_SPARE_NANOS;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DutyCycleTest {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** {@link System#nanoTime} may be anything, and passes this bound as any other. */
    private long now = Long.MAX_VALUE - MILLISECOND;
    private final DutyCycle dutyCycle = new DutyCycle(now);

    @Test
    void whoIsIdleForHalfOfTheTimeNeverRests() {
        for (int i = 0; i < 1000; i++) {
            idle(3 * MILLISECOND);
            assertThat(work(3 * MILLISECOND)).isZero();
        }
    }

    @Test
    void whoIsAlwaysAtWorkRestsAsLongAsItWorked() {
        for (int i = 0; i < 1000; i++) {
            long rest = work(5 * MILLISECOND);
            assertThat(rest).isEqualTo(5 * MILLISECOND);
            idle(rest);
        }
    }

    @Test
    void whoIsAtWorkForTwoThirdsRestsTheThirdThatIsMissing() {
        for (int i = 0; i < 1000; i++) {
            idle(2 * MILLISECOND);
            long rest = work(4 * MILLISECOND);
            assertThat(rest).isEqualTo(2 * MILLISECOND);
            idle(rest);
        }
    }

    @Test
    void whoHadTimeToSpareMayBeAtWorkForSomeTransactionsInARow() {
        idle(TimeUnit.HOURS.toNanos(1));

        for (long atWork = 0; atWork < MOST_SPARE_NANOS; atWork += 5 * MILLISECOND) {
            assertThat(work(5 * MILLISECOND)).isZero();
        }
        assertThat(work(5 * MILLISECOND)).isEqualTo(5 * MILLISECOND);
    }

    @Test
    void aRestIsShortHoweverLongTheTransactionTookAndTheNextOneDoesNotPayForIt() {
        assertThat(work(TimeUnit.SECONDS.toNanos(5))).isEqualTo(LONGEST_REST_NANOS);

        idle(LONGEST_REST_NANOS);
        assertThat(work(MILLISECOND)).isEqualTo(MILLISECOND);
    }

    @Test
    void whoDoesNotRestAllItsTimePaysForItTheNextTime() {
        assertThat(work(5 * MILLISECOND)).isEqualTo(5 * MILLISECOND);

        idle(2 * MILLISECOND);
        assertThat(work(5 * MILLISECOND)).isEqualTo(8 * MILLISECOND);
    }

    private void idle(long nanos) {
        now += nanos;
    }

    private long work(long nanos) {
        long began = now;
        now += nanos;
        return dutyCycle.rest(began, now);
    }
}
