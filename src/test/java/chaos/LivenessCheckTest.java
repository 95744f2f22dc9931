package chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A blow that harms only some orders: what the others are promised goes on. */
class LivenessCheckTest {

    private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

    @Test
    void whatGoesOnBreaksNothing() {
        assertThat(violations(strike(LivenessCheck.CALLBACKS, true), 1, 4, 8, 12)).isEmpty();
    }

    @Test
    void whatStandsStillIsReportedAtItsBeginningAndAtItsEnd() {
        assertThat(violations(strike(LivenessCheck.CALLBACKS, true), 7, 10, 13)).extracting(Violation::what)
                .containsExactly("no callback was acknowledged for 7.0 s while some orders are locked");
        assertThat(violations(strike(LivenessCheck.CALLBACKS, true), 1, 5)).extracting(Violation::kind)
                .containsExactly(Violation.Kind.STARVED);
    }

    @Test
    void whatMayStandStillIsNotJudgedNorWhatTookNoEffect() {
        assertThat(violations(strike(null, true))).isEmpty();
        assertThat(violations(strike(LivenessCheck.CALLBACKS, false))).isEmpty();
    }

    private static Strike strike(LivenessCheck mustGoOn, boolean struck) {
        return new Strike("some orders are locked", START, START.plusSeconds(15), mustGoOn, struck, "");
    }

    private static List<Violation> violations(Strike strike, int... acknowledgedAt) {
        List<Instant> moments = java.util.Arrays.stream(acknowledgedAt).mapToObj(START::plusSeconds).toList();
        return LivenessCheck.violations(List.of(strike), new RunJournals(Map.of(), null, Map.of(),
                Map.of(LivenessCheck.CALLBACKS, moments)));
    }
}
