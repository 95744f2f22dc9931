package chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NemesisScheduleTest {

    @Test
    void aMinuteMeetsTheIndispensable() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(schedule(Duration.ofMinutes(1), seed)).contains(HubNemesis.KILLED_AFTER_COMMIT,
                    HubNemesis.STOPPED, BrokerNemesis.KILLED, DatabaseNemesis.KILLED);
        }
    }

    @Test
    void tenMinutesMeetThemAll() {
        assertThat(schedule(Duration.ofMinutes(10), 1)).containsAll(
                NemesisSchedule.all().stream().filter(nemesis -> nemesis.cannotStrike() == null).toList());
    }

    @Test
    void theyFitIntoTheTime() {
        ChaosPlan plan = plan(Duration.ofMinutes(10));
        Duration all = schedule(Duration.ofMinutes(10), 3).stream()
                .map(nemesis -> nemesis.usualLength(plan).plus(NemesisSchedule.PAUSE)).reduce(Duration.ZERO, Duration::plus);
        assertThat(all).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theSeedSettlesTheOrder() {
        assertThat(schedule(Duration.ofMinutes(5), 1)).isEqualTo(schedule(Duration.ofMinutes(5), 1))
                .isNotEqualTo(schedule(Duration.ofMinutes(5), 2));
    }

    @Test
    void whatIsWantedAloneFillsTheTime() {
        Duration faults = Duration.ofMinutes(1);
        List<Nemesis> only = NemesisSchedule.of(faults, 1, plan(faults), DatabaseNemesis.ORDERS_LOCKED::equals);

        assertThat(only).hasSizeGreaterThan(1).containsOnly(DatabaseNemesis.ORDERS_LOCKED);
    }

    private static List<Nemesis> schedule(Duration faults, long seed) {
        return NemesisSchedule.of(faults, seed, plan(faults));
    }

    private static ChaosPlan plan(Duration faults) {
        return new ChaosPlan(Path.of("target"), Path.of("target"), faults, 1, 20, FaultMix.CONSTANT, List.of());
    }
}
