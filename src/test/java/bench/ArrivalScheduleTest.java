package bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {

    private static final long SECOND = 1_000_000_000L;
    private final ArrivalSchedule schedule = new ArrivalSchedule(5 * SECOND, 250);

    @Test
    void eachArrivalHasItsTimeWhateverBecameOfTheOthers() {
        assertThat(schedule.intended(0)).isEqualTo(5 * SECOND);
        assertThat(schedule.intended(1)).isEqualTo(5 * SECOND + 4_000_000);
        assertThat(schedule.intended(250)).isEqualTo(6 * SECOND);
    }

    @Test
    void whoWakesLateFindsAllThatIsDue() {
        assertThat(schedule.due(5 * SECOND - 1)).isZero();
        assertThat(schedule.due(5 * SECOND)).isEqualTo(1);
        assertThat(schedule.due(5 * SECOND + 3_999_999)).isEqualTo(1);
        assertThat(schedule.due(7 * SECOND)).isEqualTo(501);
    }

    @Test
    void aClockThatHasRunOverIsNoDifferentOne() {
        ArrivalSchedule over = new ArrivalSchedule(Long.MAX_VALUE - 10, 1_000);
        assertThat(over.due(Long.MAX_VALUE - 10 + SECOND)).isEqualTo(1_001);
    }
}
