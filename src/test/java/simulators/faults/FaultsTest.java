package simulators.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import simulators.journal.Entry;

class FaultsTest {

    private final List<Entry> journal = new ArrayList<>();

    private Faults faults(long seed, String... rules) {
        return new Faults(seed, List.of(Channel.HTTP_IN, Channel.EVENTS_OUT),
                java.util.Arrays.stream(rules).map(Rule::parse).toList(), journal::add, Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));
    }

    private static List<Boolean> strikes(Faults faults, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> faults.strike(Channel.EVENTS_OUT, "m" + i, "o" + i).isPresent()).toList();
    }

    @Test
    void theSameSeedStrikesTheSameMessages() {
        List<Boolean> once = strikes(faults(7, "lose=0.3"), 2_000);
        assertThat(strikes(faults(7, "lose=0.3"), 2_000)).isEqualTo(once);
        assertThat(strikes(faults(8, "lose=0.3"), 2_000)).isNotEqualTo(once);
    }

    @Test
    void theRateIsTheShareOfTheMessagesAndEachIsWrittenDown() {
        long struck = strikes(faults(7, "lose=0.3@events-out"), 10_000).stream().filter(hit -> hit).count();
        assertThat(struck).isBetween(2_800L, 3_200L);
        assertThat(journal).hasSize((int) struck)
                .allSatisfy(entry -> assertThat(entry.detail()).containsEntry("fault", "lose"));
    }

    @Test
    void aMessageThatIsTriedAgainGetsAnotherChance() {
        Faults faults = faults(7, "lose=0.5");
        assertThat(IntStream.range(0, 64).mapToObj(i -> faults.strike(Channel.EVENTS_OUT, "same", "o").isPresent()))
                .contains(true, false);
    }

    @Test
    void aRuleOfOneChannelLeavesTheOthersAlone() {
        Faults faults = faults(7, "double=1@events-out");
        assertThat(faults.strike(Channel.HTTP_IN, "m", "o")).isEmpty();
        assertThat(faults.strike(Channel.EVENTS_OUT, "m", "o")).map(Faults.Struck::fault).contains(Fault.DOUBLE);
    }

    @Test
    void rulesChangeWhileItRuns() {
        Faults faults = faults(7, "down=1");
        assertThat(faults.down(Channel.HTTP_IN)).isTrue();
        faults.set(List.of());
        assertThat(faults.down(Channel.HTTP_IN)).isFalse();
    }

    @Test
    void partlyDownMeansDownForThatShareOfTheTime() {
        long down = IntStream.range(0, 2_000).filter(spell -> new Faults(7, List.of(Channel.HTTP_IN),
                List.of(Rule.parse("down=0.25:5s")), journal::add, Clock.fixed(
                        Instant.ofEpochSecond(5L * spell), ZoneOffset.UTC)).down(Channel.HTTP_IN)).count();
        assertThat(down).isBetween(430L, 570L);
    }

    @Test
    void someOfTheStoresAreDownForAWholeSpellAndTheOthersNot() {
        Faults faults = faults(7, "down=0.8@http-in:60m");
        List<Boolean> down = stores(faults);

        assertThat(down.stream().filter(isDown -> isDown).count()).isBetween(760L, 840L);
        assertThat(stores(faults)).isEqualTo(down);
    }

    private static List<Boolean> stores(Faults faults) {
        return IntStream.range(0, 1_000).mapToObj(store -> faults.down(Channel.HTTP_IN, "S" + store)).toList();
    }

    @Test
    void rulesAreReadFromText() {
        assertThat(Rule.parse("lose=0.5@events-out")).isEqualTo(new Rule(Fault.LOSE, "events-out", 0.5, null));
        assertThat(Rule.parse("delay=0.2:3s")).isEqualTo(new Rule(Fault.DELAY, null, 0.2, 3_000L));
        assertThat(Rule.parse("time-out-but-applied=1:500ms"))
                .isEqualTo(new Rule(Fault.TIME_OUT_BUT_APPLIED, null, 1, 500L));
    }

    @Test
    void whatIsNoRuleIsRefused() {
        for (String text : List.of("lose", "lose=2", "lose=0.5@", "explode=0.1", "lose=0.1:3h", "lose=x")) {
            assertThatThrownBy(() -> Rule.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFaultThatCannotStrikeThereIsRefusedAndNothingChanges() {
        Faults faults = faults(7, "lose=1");
        assertThatThrownBy(() -> faults.set(List.of(Rule.parse("error-500=1@events-out"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("http-in");
        assertThatThrownBy(() -> faults.set(List.of(Rule.parse("lose=1@nowhere"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(faults.rules()).containsExactly(Rule.parse("lose=1"));
    }
}
