package hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ledger.Actor;
import org.junit.jupiter.api.Test;

/** What the audit is told of refusals that come again and again. */
class RepeatedRefusalsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:30:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RepeatedRefusals repeated = new RepeatedRefusals();

    @Test
    void theFirstIsWrittenAtOnceAndTheOthersAsANumberWhenTheMinuteIsOver() {
        assertThat(repeated.first(refusal("mei", "replay"), NOW)).contains(refusal("mei", "replay"));
        for (int n = 0; n < 1000; n++) {
            assertThat(repeated.first(refusal("mei", "replay"), NOW.plus(SECOND))).isEmpty();
        }
        assertThat(repeated.repeats(NOW.plus(RepeatedRefusals.WINDOW).minus(SECOND))).isEmpty();

        assertThat(repeated.repeats(NOW.plus(RepeatedRefusals.WINDOW))).singleElement().satisfies(line -> {
            assertThat(line.actor().name()).isEqualTo("mei");
            assertThat(line.detail()).isEqualTo("refused: not allowed; 1000 more until 2026-03-01T08:31:00Z");
        });
        assertThat(repeated.first(refusal("mei", "replay"), NOW.plus(RepeatedRefusals.WINDOW))).isPresent();
    }

    @Test
    void whatCameOnceIsWrittenOnce() {
        repeated.first(refusal("mei", "replay"), NOW);
        assertThat(repeated.repeats(NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void whatDiffersIsALineOfItsOwn() {
        RepeatedRefusals.Refusal first = refusal("mei", "replay");
        for (RepeatedRefusals.Refusal other : List.of(first, refusal("li", "replay"), refusal("mei", "dismiss"),
                new RepeatedRefusals.Refusal(new Actor("mei", "10.0.0.2"), "replay", "parked", "refused: not allowed"),
                new RepeatedRefusals.Refusal(first.actor(), "replay", "parked/1", "refused: not allowed"),
                new RepeatedRefusals.Refusal(first.actor(), "replay", "parked", "refused: too large"))) {
            assertThat(repeated.first(other, NOW)).contains(other);
        }
    }

    @Test
    void whoVariesWhatIsRefusedHasSoManyLinesAMinuteAndTakesThemFromNobody() {
        int written = 0;
        for (int n = 0; n < 10_000; n++) {
            written += repeated.first(refusal("curious", "act-" + n), NOW).isPresent() ? 1 : 0;
        }
        assertThat(written).isEqualTo(RepeatedRefusals.DIFFERENT + 1);
        assertThat(repeated.first(refusal("mei", "replay"), NOW)).isPresent();
        assertThat(repeated.repeats(NOW.plus(RepeatedRefusals.WINDOW))).singleElement()
                .satisfies(line -> assertThat(line.detail()).contains(" 9969 more until "));
    }

    @Test
    void credentialsWithoutEndTakeNoMemoryWithoutEnd() {
        for (int n = 0; n < RepeatedRefusals.CREDENTIALS; n++) {
            repeated.first(refusal("person-" + n, "replay"), NOW);
        }
        assertThat(repeated.first(refusal("one-more", "replay"), NOW)).isPresent();
        assertThat(repeated.first(refusal("one-more", "replay"), NOW)).as("written as it comes").isPresent();
    }

    @Test
    void aHubThatEndsWritesWhatItHasCounted() {
        repeated.first(refusal("mei", "replay"), NOW);
        repeated.first(refusal("mei", "replay"), NOW);
        assertThat(repeated.rest(NOW.plus(SECOND))).singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("1 more until 2026-03-01T08:30:01Z"));
        assertThat(repeated.rest(NOW.plus(SECOND))).isEmpty();
    }

    private static RepeatedRefusals.Refusal refusal(String who, String act) {
        return new RepeatedRefusals.Refusal(new Actor(who, "127.0.0.1"), act, "parked", "refused: not allowed");
    }
}
