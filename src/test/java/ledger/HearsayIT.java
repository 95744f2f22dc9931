package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.List;
import ledger.order.Change;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.OrderFixture;
import ledger.order.Outcome;
import org.junit.jupiter.api.Test;

/** Others than the barista may be able to write to its topics; what it answers at its own address is its word. */
class HearsayIT {

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    @Test
    void theTicketThatTheBaristaAnswersStandsAgainstOneThatWasOnlyHeardOf() {
        rig.apply(new Event.Made("1", "invented", EventFixture.NOON));
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));
        assertThat(rig.order("1").making().ticketId()).isEqualTo("invented");

        Result taken = answered(EventFixture.ticket("1"));

        assertThat(taken.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(taken.parked()).as("a person has to know").isTrue();
        assertThat(rig.order("1").making().ticketId()).isEqualTo("ticket-1");
        assertThat(rig.order("1").making().state()).as("no state moves back").isEqualTo(MakeState.MADE);
        assertThat(rig.parkedCauses("1")).singleElement().asString().contains("in place of invented");
        assertThat(rig.apply(EventFixture.started("1"), EventFixture.made("1"))).extracting(Result::outcome)
                .containsExactly(Outcome.STALE, Outcome.DUPLICATE);
        assertThat(rig.apply(new Event.Made("1", "invented", EventFixture.NOON)).get(0).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void thePullsAnswerIsTheBaristasWordToo() {
        rig.confirm("1", Kind.DELIVERY);
        rig.apply(EventFixture.paid("1", "p"), new Event.MakingStarted("1", "invented", "MANUAL", EventFixture.NOON));

        Result made = rig.ledger().apply(List.of(new Arrival(EventFixture.made("1"), "pull-making", Way.PULL))).get(0);

        assertThat(made.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rig.order("1").making().ticketId()).isEqualTo("ticket-1");
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.MADE);
        assertThat(rig.recorder().of("1")).contains(Change.MADE);
    }

    @Test
    void twoTicketsThatTheBaristaAnswersContradictEachOther() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.started("1"));
        assertThat(answered(EventFixture.ticket("1")).parked()).as("it names what was heard").isFalse();

        Result another = answered(new Event.TicketKnown("1", "another", OrderFixture.minute(9), EventFixture.NOON));

        assertThat(another.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(another.parked()).isTrue();
        assertThat(rig.order("1").making().ticketId()).isEqualTo("ticket-1");
    }

    @Test
    void whatHasGoneToHistoryStaysAsItIs() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), new Event.Made("1", "invented", EventFixture.NOON));
        rig.jdbc().sql("UPDATE orders SET settled_at = now() - interval '2 hours'").update();
        rig.jdbc().sql(new Retention(Duration.ofHours(1), Duration.ofDays(30)).move(10)).update();

        assertThat(answered(EventFixture.ticket("1")).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(rig.parkedCauses("1")).hasSize(1);
    }

    private Result answered(Event event) {
        return rig.ledger().apply(List.of(new Arrival(event, "make-eta", Way.CALL))).get(0);
    }
}
