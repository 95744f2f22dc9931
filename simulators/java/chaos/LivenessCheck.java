package chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

/** What must not stand still while only some orders or stores are in trouble: the others have no part in it. */
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

    private final String not;
    private final Duration longestPause;

    LivenessCheck(String not, Duration longestPause) {
        this.not = not;
        this.longestPause = longestPause;
    }

    abstract boolean isSeenIn(Entry entry);

    static List<Violation> violations(List<Strike> strikes, RunJournals journals) {
        return strikes.stream().filter(strike -> strike.struck() && strike.mustGoOn() != null)
                .map(strike -> strike.mustGoOn().violation(strike, journals)).filter(Objects::nonNull).toList();
    }

    private Violation violation(Strike strike, RunJournals journals) {
        Duration silence = journals.longestSilence(this, strike.start(), strike.end());
        return silence.compareTo(longestPause) <= 0 ? null : new Violation(Violation.Kind.STARVED, null,
                "%s for %.1f s while %s".formatted(not, silence.toMillis() / 1e3, strike.nemesis()), List.of());
    }
}
