package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final double RATE = 1_000;

    @Test
    void aBacklogThatStaysAsItIsHolds() {
        Backlog.Judgement judged = judged(10, seconds -> RATE * (seconds - 2));
        assertThat(judged.held()).isTrue();
        assertThat(judged.settledPerSecond()).isCloseTo(RATE, within());
        assertThat(judged.grewSeconds()).isCloseTo(0, within());
    }

    @Test
    void aBacklogThatGrowsSlowlyButSteadilyDoesNotHold() {
        Backlog.Judgement judged = judged(60, seconds -> 0.97 * RATE * seconds);
        assertThat(judged.settledPerSecond()).isCloseTo(0.97 * RATE, within());
        assertThat(judged.grewSeconds()).isCloseTo(1.8, within());
        assertThat(judged.held()).isFalse();
    }

    @Test
    void settlingByBatchesIsNoGrowth() {
        assertThat(judged(10, seconds -> Math.floor(RATE * (seconds - 2) / 500) * 500).held()).isTrue();
    }

    @Test
    void workingOffABacklogHolds() {
        assertThat(judged(10, seconds -> 1.2 * RATE * seconds - 5_000).held()).isTrue();
    }

    @Test
    void whatIsBesideTheWindowDoesNotCount() {
        assertThat(judged(10, seconds -> seconds < 5 ? 0 : RATE * (seconds - 4)).held()).isTrue();
    }

    @Test
    void aHubThatIsTooBusyToTellDoesNotHold() {
        Backlog backlog = new Backlog();
        backlog.look(5, 5_000, 5_000);
        assertThat(backlog.between(0, 10, RATE)).isEqualTo(new Backlog.Judgement(0, 10, false));
    }

    @Test
    void aBacklogIsGoneWhenNoMoreIsOnItsWayThanBeforeTheOutage() {
        // Two seconds' worth on its way; from 10 s to 70 s nothing is settled, then twice as much as comes.
        Backlog backlog = new Backlog();
        for (double at = 0; at <= 200; at += 0.25) {
            double settled = at < 10 ? at - 2 : at < 70 ? 8 : Math.min(at - 2, 8 + 2 * (at - 70));
            backlog.look(at, RATE * at, RATE * settled);
        }
        assertThat(backlog.goneAfter(10, 70, RATE).getAsDouble()).isCloseTo(60, Offset.offset(0.5));
        assertThat(backlog.most()).isCloseTo(62 * RATE, within());
    }

    @Test
    void aBacklogThatIsStillThereIsNotGone() {
        Backlog backlog = new Backlog();
        for (double at = 0; at <= 100; at += 0.25) {
            backlog.look(at, RATE * at, RATE * Math.min(at - 2, 8));
        }
        assertThat(backlog.goneAfter(10, 70, RATE)).isEmpty();
    }

    /** Looked at four times a second, in a window that begins at 5 s. */
    private static Backlog.Judgement judged(double seconds, DoubleUnaryOperator settled) {
        Backlog backlog = new Backlog();
        for (double at = 0; at <= seconds + 10; at += 0.25) {
            backlog.look(at, RATE * at, settled.applyAsDouble(at));
        }
        return backlog.between(5, 5 + seconds, RATE);
    }

    private static Offset<Double> within() {
        return Offset.offset(0.1);
    }
}
