package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.List;
import java.util.stream.IntStream;
import ledger.order.Change;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.OrderFixture;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.Test;

/** What comes before its order, or before its order is paid, is kept and applied later. */
class LedgerEarlyIT {

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    @Test
    void everythingThatCameBeforeTheOrderIsAppliedWhenItComes() {
        rig.apply(EventFixture.express("1", DeliveryState.DELIVERED), EventFixture.made("1"));
        rig.apply(EventFixture.started("1"), EventFixture.ticket("1"), EventFixture.dispatchTime("1"));
        assertThat(rig.apply(EventFixture.paid("1", "p")).get(0).outcome()).isEqualTo(Outcome.EARLY);
        assertThat(rig.payment("p")).isEqualTo("EARLY");

        rig.confirm("1", Kind.DELIVERY);

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.DELIVERED);
        assertThat(rig.order("1").delivered().at()).isEqualTo(OrderFixture.minute(33));
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.count("early")).isZero();
        assertThat(rig.count("parked")).isZero();
        assertThat(rig.recorder().of("1")).contains(Change.CONFIRMED, Change.PAID, Change.NOTED, Change.MADE,
                Change.SETTLED);
    }

    @Test
    void newsOfAnUnpaidOrderWaitsForThePayment() {
        rig.confirm("1", Kind.DELIVERY);
        assertThat(rig.apply(EventFixture.express("1", DeliveryState.NOTED), EventFixture.started("1")))
                .extracting(Result::outcome).containsOnly(Outcome.EARLY);

        List<Result> results = rig.apply(EventFixture.paid("1", "p"));

        assertThat(results).extracting(Result::outcome).containsOnly(Outcome.APPLIED).hasSize(3);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.MAKING);
        assertThat(rig.order("1").delivery().state()).isEqualTo(DeliveryState.NOTED);
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void newsThatComesBeforeThePaymentInTheSameBatchDoesNotWaitForEver() {
        rig.confirm("1", Kind.PICKUP);

        List<Result> results = rig.apply(EventFixture.made("1"), EventFixture.paid("1", "p"));

        assertThat(results).extracting(Result::outcome)
                .containsExactly(Outcome.EARLY, Outcome.APPLIED, Outcome.APPLIED);
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void newsThatFollowsAnEarlyPaymentIsKeptAsLongAsThat() {
        rig.apply(EventFixture.paid("1", "p", 1), EventFixture.made("1"));
        rig.confirm("1", Kind.PICKUP);

        assertThat(rig.payment("p")).startsWith("REFUND_DUE: paid 1 CNY");
        assertThat(rig.parkedCauses("1")).hasSize(1);
        assertThat(rig.count("early")).as("made still waits for the right payment").isEqualTo(1);
        rig.apply(EventFixture.paid("1", "q"));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
    }

    /** No way is known by which this can happen; the sweep is there for the ways that aren't. */
    @Test
    void whatSlippedThroughIsAppliedByTheSweepAndNotParked() {
        rig.apply(EventFixture.paid("1", "p"), EventFixture.made("1"));
        rig.jdbc().sql("CREATE TABLE hidden AS SELECT * FROM early").update();
        rig.jdbc().sql("DELETE FROM early").update();
        rig.confirm("1", Kind.PICKUP);
        rig.jdbc().sql("INSERT INTO early OVERRIDING SYSTEM VALUE SELECT * FROM hidden").update();
        rig.jdbc().sql("DROP TABLE hidden").update();

        assertThat(rig.impatient().parkOverdueEarly(10)).isZero();

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.count("early")).isZero();
        assertThat(rig.count("parked")).isZero();
    }

    @Test
    void whatWaitedTooLongIsParkedAndNothingOfItIsLost() {
        rig.apply(EventFixture.paid("1", "p"), EventFixture.made("1"));
        assertThat(rig.ledger().parkOverdueEarly(10)).as("patience lasts").isZero();

        assertThat(rig.impatient().parkOverdueEarly(10)).isEqualTo(2);
        assertThat(rig.impatient().parkOverdueEarly(10)).isZero();

        assertThat(rig.parkedCauses("1")).hasSize(2).allMatch(cause -> cause.contains("did not come within"));
        assertThat(rig.payment("p")).isEqualTo("PARKED: no order came");
        assertThat(rig.count("early")).isZero();
        assertThat(rig.queries().parked()).isEqualTo(2);
    }

    @Test
    void theSameNewsIsKeptOnceHoweverOftenItComes() {
        for (int i = 0; i < 50; i++) {
            assertThat(rig.ledger().apply(List.of(large(EventFixture.made("1"), i)))).extracting(Result::outcome)
                    .containsExactly(Outcome.EARLY);
        }
        rig.ledger().apply(List.of(large(EventFixture.made("1"), 51), large(EventFixture.made("1"), 52), large(EventFixture.started("1"), 53)));

        assertThat(rig.count("early")).isEqualTo(2);
        assertThat(rig.count("parked")).isZero();
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void whatNoOrderCanHaveSoMuchOfIsParkedAndNotKeptWithTheOrder() {
        rig.apply(EventFixture.paid("1", "p"));
        List<Arrival> flood = IntStream.range(0, EarlyRows.MOST_EVENTS + 3).mapToObj(LedgerEarlyIT::another).toList();
        rig.ledger().apply(flood.subList(0, 30));
        List<Result> results = rig.ledger().apply(flood.subList(30, flood.size()));

        assertThat(results).hasSize(23).extracting(Result::outcome).containsOnly(Outcome.EARLY);
        assertThat(results).filteredOn(Result::parked).hasSize(3);
        assertThat(rig.parkedCauses("1")).hasSize(3).allMatch(cause -> cause.contains("too much waits"));
        assertThat(rig.count("early")).isEqualTo(EarlyRows.MOST_EVENTS + 1);

        assertThat(rig.apply(EventFixture.paid("1", "q")).get(0).parked()).as("a payment always has room").isFalse();
        rig.confirm("1", Kind.DELIVERY);
        assertThat(rig.order("1").making().paymentId()).isEqualTo("p");
        assertThat(rig.payment("q")).startsWith("REFUND_DUE");
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void largeNewsOfOneOrderIsKeptUpToALimitAndTheRestIsParked() {
        List<Arrival> flood = IntStream.range(0, 10).mapToObj(i -> large(another(i).event(), i)).toList();

        rig.ledger().apply(flood);

        assertThat(rig.count("early")).isEqualTo(4);
        assertThat(rig.parkedCauses("1")).hasSize(6);
    }

    @Test
    void theSweepTakesNoMoreThanItIsTold() {
        for (int i = 0; i < 12; i++) {
            rig.ledger().apply(List.of(another(i)));
        }

        assertThat(rig.impatient().parkOverdueEarly(5)).isEqualTo(5);
        assertThat(rig.count("early")).isEqualTo(7);
        assertThat(rig.impatient().parkOverdueEarly(500)).isEqualTo(7);
    }

    /** Before there were limits an order could have any number of them. */
    @Test
    void whatAnOlderHubKeptBeyondTheLimitsIsTakenInParts() {
        rig.jdbc().sql("""
                INSERT INTO early (order_id, arrow, way, event, body, source, headers, message)
                SELECT '1', 'made', 'PUSH', 'Made', :made::json, 's', '{}', '' FROM generate_series(1, 250)
                """).param("made", EventJson.write(EventFixture.made("1"))).update();
        rig.confirm("1", Kind.PICKUP);

        rig.apply(EventFixture.paid("1", "p"));

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.count("early")).isEqualTo(50);
        assertThat(rig.impatient().parkOverdueEarly(500)).isZero();
        assertThat(rig.count("early")).isZero();
    }

    /** Sixty thousand bytes, as a message has that says little and much white space. */
    private static Arrival large(Event event, int offset) {
        return new Arrival(event, "made", Way.PUSH, () -> new Origin("topic/0@" + offset, "{}", new byte[60_000]));
    }

    /** A different event each time. */
    private static Arrival another(int n) {
        return new Arrival(new Event.Express("1", "note-" + n, 1, DeliveryState.NOTED, null, null, EventFixture.NOON), "express-sync",
                Way.PUSH, () -> new Origin("topic/1@" + n, "{}", new byte[] {1}));
    }
}
