package chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

/** What must not stand still while only some orders or stores are in trouble: the others have no part in it. */
enum GoesOn {

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

    GoesOn(String not, Duration longestPause) {
        this.not = not;
        this.longestPause = longestPause;
    }

    abstract boolean isSeenIn(Entry entry);

    static List<Violation> violations(List<Strike> blows, Journals journals) {
        return blows.stream().filter(blow -> blow.struck() && blow.goesOn() != null)
                .map(blow -> blow.goesOn().violation(blow, journals)).filter(Objects::nonNull).toList();
    }

    private Violation violation(Strike blow, Journals journals) {
        Duration silence = journals.longestSilence(this, blow.start(), blow.end());
        return silence.compareTo(longestPause) <= 0 ? null : new Violation(Violation.Kind.STARVED, null,
                "%s for %.1f s while %s".formatted(not, silence.toMillis() / 1e3, blow.nemesis()), List.of());
    }
}
