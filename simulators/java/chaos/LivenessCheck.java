package chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

/** Work that must go on while a nemesis affects only some orders or stores. */
enum LivenessCheck {

    CALLBACKS("no callback was acknowledged", Duration.ofSeconds(5)) {
        @Override
        boolean isSeenIn(Entry entry) {
            return entry.what() == What.CALLBACK_ACKNOWLEDGED;
        }
    },

    HANDING_OVER("no order was handed over by pull", Duration.ofSeconds(20)) {
        @Override
        boolean isSeenIn(Entry entry) {
            return entry.what() == What.TICKET_CREATED && Via.PULL.word().equals(entry.get("way"));
        }
    };

    private final String violation;
    private final Duration longestPause;

    LivenessCheck(String violation, Duration longestPause) {
        this.violation = violation;
        this.longestPause = longestPause;
    }

    /** Whether this entry of a journal shows that the work goes on. */
    abstract boolean isSeenIn(Entry entry);

    static List<Violation> violations(List<Strike> strikes, RunJournals journals) {
        return strikes.stream().filter(strike -> strike.struck() && strike.mustGoOn() != null)
                .map(strike -> strike.mustGoOn().violation(strike, journals)).filter(Objects::nonNull).toList();
    }

    private Violation violation(Strike strike, RunJournals journals) {
        Duration silence = journals.longestSilence(this, strike.start(), strike.end());
        return silence.compareTo(longestPause) <= 0 ? null : new Violation(Violation.Kind.STARVED, null,
                "%s for %.1f s while %s".formatted(violation, silence.toMillis() / 1e3, strike.nemesis()), List.of());
    }
}
