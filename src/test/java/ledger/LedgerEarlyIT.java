package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes before its order, or before its order is paid, is kept and applied later. */
class LedgerEarlyIT {

    private final Rig rig = Rig.shared().empty();

    @Test
    void everythingThatCameBeforeTheOrderIsAppliedWhenItComes() {
        rig.apply(Said.express("1", DeliveryState.DELIVERED), Said.made("1"));
        rig.apply(Said.started("1"), Said.ticket("1"), Said.dispatchTime("1"));
        assertThat(rig.apply(Said.paid("1", "p")).get(0).outcome()).isEqualTo(Outcome.EARLY);
        assertThat(rig.payment("p")).isEqualTo("EARLY");

        rig.confirm("1", Kind.DELIVERY);

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.DELIVERED);
        assertThat(rig.order("1").delivered().at()).isEqualTo(Story.minute(33));
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.count("early")).isZero();
        assertThat(rig.count("parked")).isZero();
        assertThat(rig.recorder().of("1")).contains(Change.CONFIRMED, Change.PAID, Change.NOTED, Change.MADE,
                Change.SETTLED);
    }

    @Test
    void newsOfAnUnpaidOrderWaitsForThePayment() {
        rig.confirm("1", Kind.DELIVERY);
        assertThat(rig.apply(Said.express("1", DeliveryState.NOTED), Said.started("1")))
                .extracting(Result::outcome).containsOnly(Outcome.EARLY);

        List<Result> results = rig.apply(Said.paid("1", "p"));

        assertThat(results).extracting(Result::outcome).containsOnly(Outcome.APPLIED).hasSize(3);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.MAKING);
        assertThat(rig.order("1").delivery().state()).isEqualTo(DeliveryState.NOTED);
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void newsThatComesBeforeThePaymentInTheSameBatchDoesNotWaitForEver() {
        rig.confirm("1", Kind.PICKUP);

        List<Result> results = rig.apply(Said.made("1"), Said.paid("1", "p"));

        assertThat(results).extracting(Result::outcome)
                .containsExactly(Outcome.EARLY, Outcome.APPLIED, Outcome.APPLIED);
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void newsThatFollowsAnEarlyPaymentIsKeptAsLongAsThat() {
        rig.apply(Said.paid("1", "p", 1), Said.made("1"));
        rig.confirm("1", Kind.PICKUP);

        assertThat(rig.payment("p")).startsWith("REFUND_DUE: paid 1 CNY");
        assertThat(rig.parkedCauses("1")).hasSize(1);
        assertThat(rig.count("early")).as("made still waits for the right payment").isEqualTo(1);
        rig.apply(Said.paid("1", "q"));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.MADE);
    }

    /** No way is known by which this can happen; the sweep is there for the ways that aren't. */
    @Test
    void whatSlippedThroughIsAppliedByTheSweepAndNotParked() {
        rig.apply(Said.paid("1", "p"), Said.made("1"));
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
        rig.apply(Said.paid("1", "p"), Said.made("1"));
        assertThat(rig.ledger().parkOverdueEarly(10)).as("patience lasts").isZero();

        assertThat(rig.impatient().parkOverdueEarly(10)).isEqualTo(2);
        assertThat(rig.impatient().parkOverdueEarly(10)).isZero();

        assertThat(rig.parkedCauses("1")).hasSize(2).allMatch(cause -> cause.contains("did not come within"));
        assertThat(rig.payment("p")).isEqualTo("PARKED: no order came");
        assertThat(rig.count("early")).isZero();
        assertThat(rig.ledger().parked()).isEqualTo(2);
    }
}
