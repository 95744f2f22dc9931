package routes.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last hour, by a clock of our own. */
class TrendsTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private Instant now = NOON;
    private long confirmed = 1_000;
    private long settled = 900;
    private Map<String, Long> repaired = Map.of("pull-unaccepted", 7L);
    private Map<String, Long> owed = Map.of("push-order", 3L);
    private CallbackTimes.Taken callbacks = new CallbackTimes.Taken(0, null);

    private final Trends trends = new Trends(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }, () -> new Trends.Counted(confirmed, settled, repaired, owed, callbacks));

    private void tickAfter(Duration time) {
        now = now.plus(time);
        trends.tick();
    }

    @Test
    void aPointIsWhatHasHappenedSinceTheOneBefore() {
        trends.tick();
        confirmed += 50;
        settled += 40;
        repaired = Map.of("pull-unaccepted", 9L, "pull-made", 1L);
        callbacks = new CallbackTimes.Taken(48, Duration.ofMillis(12));
        tickAfter(Duration.ofSeconds(10));
        callbacks = new CallbackTimes.Taken(0, null);
        tickAfter(Duration.ofMillis(12_500));

        Trends.Columns columns = trends.columns();
        assertThat(columns.at()).containsExactly(NOON.plusSeconds(10), NOON.plusMillis(22_500));
        assertThat(columns.seconds()).containsExactly(10.0, 12.5);
        assertThat(columns.confirmed()).containsExactly(50L, 0L);
        assertThat(columns.settled()).containsExactly(40L, 0L);
        assertThat(columns.callbacks()).containsExactly(48L, 0L);
        assertThat(columns.callbackP99Millis()).containsExactly(12.0, null);
        assertThat(columns.repaired()).isEqualTo(Map.of("pull-unaccepted", List.of(2L, 0L), "pull-made", List.of(1L, 0L)));
    }

    @Test
    void whatIsOwedIsAsItIsAndUnknownWithoutALedgerAndNothingWhereAnArrowWasNotYet() {
        trends.tick();
        tickAfter(Trends.POINT);
        owed = null;
        tickAfter(Trends.POINT);
        owed = Map.of("push-order", 0L, "settled-to-loyalty", 5L);
        tickAfter(Trends.POINT);

        assertThat(trends.columns().owed().get("push-order")).containsExactly(3L, null, 0L);
        assertThat(trends.columns().owed().get("settled-to-loyalty")).containsExactly(0L, null, 5L);
    }

    @Test
    void anHourIsKeptAndNoMoreHoweverLongTheHubRuns() {
        for (int i = 0; i < 10 * Trends.POINTS; i++) {
            confirmed++;
            tickAfter(Trends.POINT);
        }
        assertThat(trends.columns().at()).hasSize(Trends.POINTS).last().isEqualTo(now);
        assertThat(trends.columns().at().get(0)).isEqualTo(now.minus(Duration.ofHours(1)).plus(Trends.POINT));
        assertThat(trends.columns().confirmed()).containsOnly(1L);
    }

    @Test
    void whatIsOlderThanAnHourGoesAlsoWhenNoTickCameMeanwhile() {
        trends.tick();
        tickAfter(Trends.POINT);
        tickAfter(Duration.ofHours(2));
        assertThat(trends.columns().seconds()).containsExactly(7_200.0);
    }

    @Test
    void thePercentileIsOfTheTimeSinceItWasLastAskedAndTooLongByATenthAtMost() {
        CallbackTimes times = new CallbackTimes(new SimpleMeterRegistry());
        assertThat(times.take()).isEqualTo(new CallbackTimes.Taken(0, null));

        for (int i = 1; i <= 1_000; i++) {
            times.took(Duration.ofMillis(i));
        }
        CallbackTimes.Taken taken = times.take();
        assertThat(taken.callbacks()).isEqualTo(1_000);
        assertThat(taken.p99()).isBetween(Duration.ofMillis(990), Duration.ofMillis(1_089));
        assertThat(times.take().callbacks()).isZero();

        times.took(Duration.ZERO);
        times.took(Duration.ofHours(1));
        assertThat(times.take().p99()).as("the last step").isGreaterThan(Duration.ofSeconds(20));
    }
}
