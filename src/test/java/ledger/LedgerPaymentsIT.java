package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Money: applied once, refused aloud, and never forgotten. */
class LedgerPaymentsIT {

    private final Rig rig = Rig.shared().empty();

    private Outcome outcome(Event event) {
        return rig.apply(event).get(0).outcome();
    }

    @Test
    void aPaymentIsAppliedOnceHoweverOftenItIsReported() {
        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(Said.paid("1", "p"))).isEqualTo(Outcome.APPLIED);
        Order paid = rig.order("1");
        assertThat(outcome(Said.paid("1", "p"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.apply(Said.paid("1", "p"), Said.paid("1", "p"))).extracting(Result::outcome)
                .containsOnly(Outcome.DUPLICATE);

        assertThat(rig.order("1")).isEqualTo(paid);
        assertThat(paid.making().paymentId()).isEqualTo("p");
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.recorder().of("1")).containsExactly(Change.CONFIRMED, Change.PAID);
        assertThat(rig.count("parked")).isZero();
    }

    @Test
    void twiceInOneBatchIsAppliedOnce() {
        rig.confirm("1", Kind.PICKUP);
        assertThat(rig.apply(Said.paid("1", "p"), Said.paid("1", "p"))).extracting(Result::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.DUPLICATE);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
    }

    @Test
    void theSameIdWithAnotherAmountOrOrderIsAConflictAndParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.confirm("2", Kind.PICKUP);
        rig.apply(Said.paid("1", "p"));

        assertThat(outcome(Said.paid("1", "p", 1))).isEqualTo(Outcome.CONFLICT);
        assertThat(outcome(Said.paid("2", "p"))).isEqualTo(Outcome.CONFLICT);

        assertThat(rig.order("2").making().state()).isEqualTo(MakeState.CONFIRMED);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.parkedCauses("1")).singleElement().asString()
                .startsWith("CONFLICT: payment p belongs to order 1");
        assertThat(rig.parkedCauses("2")).singleElement().asString().startsWith("CONFLICT");
    }

    @Test
    void theSameIdForTwoOrdersInOneBatchBelongsToTheFirst() {
        rig.confirm("1", Kind.PICKUP);
        rig.confirm("2", Kind.PICKUP);
        assertThat(rig.apply(Said.paid("2", "p"), Said.paid("1", "p"))).extracting(Result::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.CONFLICT);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.CONFIRMED);
        assertThat(rig.order("2").making().state()).isEqualTo(MakeState.PAID);
    }

    @Test
    void anEarlyPaymentsIdIsTakenToo() {
        rig.apply(Said.paid("1", "p"));
        rig.confirm("2", Kind.PICKUP);
        assertThat(outcome(Said.paid("2", "p"))).isEqualTo(Outcome.CONFLICT);
        assertThat(outcome(Said.paid("1", "p"))).as("its own repetition").isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.count("early")).isEqualTo(1);
    }

    @Test
    void aSecondPaymentIsToBeRefundedAndParkedOnce() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(Said.paid("1", "p"));
        assertThat(outcome(Said.paid("1", "q"))).isEqualTo(Outcome.REFUND_DUE);
        assertThat(outcome(Said.paid("1", "q"))).isEqualTo(Outcome.DUPLICATE);

        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: already paid by p");
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.parkedCauses("1")).hasSize(1);
        assertThat(rig.order("1").making().paymentId()).isEqualTo("p");
    }

    @Test
    void anotherAmountIsRefusedAndParkedOnceAndTheRightOneStillCounts() {
        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(Said.paid("1", "p", 3199))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(Said.paid("1", "p", 3199))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.payment("p")).startsWith("REFUSED: paid 3199 CNY");
        assertThat(rig.parkedCauses("1")).hasSize(1);

        assertThat(outcome(Said.paid("1", "q"))).isEqualTo(Outcome.APPLIED);
        assertThat(rig.order("1").making().paymentId()).isEqualTo("q");
    }

    @Test
    void twoEarlyPaymentsAreOnePaymentAndOneRefund() {
        rig.apply(Said.paid("1", "p"), Said.paid("1", "q"));
        rig.confirm("1", Kind.PICKUP);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: already paid by p");
        assertThat(rig.parkedCauses("1")).hasSize(1);
    }

    @Test
    void aPaymentThatWasParkedIsAppliedWhenItIsReportedAgainAfterItsOrderCame() {
        rig.apply(Said.paid("1", "p"));
        rig.impatient().parkOverdueEarly(10);
        assertThat(outcome(Said.paid("1", "p"))).as("still no order").isEqualTo(Outcome.DUPLICATE);

        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(Said.paid("1", "p"))).isEqualTo(Outcome.APPLIED);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.PAID);
    }

    // ── going back

    @Test
    void aCancelledOrdersPaymentIsMarkedForItsRefund() {
        rig.confirm("1", Kind.DELIVERY);
        rig.apply(Said.paid("1", "p"), Said.paid("1", "q", 1), Said.cancelWish("1"));
        assertThat(rig.payment("p")).as("nobody agreed yet").isEqualTo("APPLIED");

        rig.apply(Said.cancelDecided("1", true));

        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        assertThat(rig.ledger().timeline("1")).last().satisfies(step -> {
            assertThat(step.outcome()).isEqualTo(Outcome.REFUND_DUE);
            assertThat(step.detail()).isEqualTo("payment p must go back: the order was cancelled");
        });
        assertThat(rig.count("parked")).as("q alone: a cancel is no fault").isEqualTo(1);
        assertThat(rig.payment("q")).startsWith("REFUSED");
        assertThat(outcome(Said.paid("1", "p"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        rig.apply(Said.dropped("1"));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.CANCELLED);
    }

    @Test
    void paidAndCancelledInOneBatchIsMarkedForItsRefundToo() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(Said.paid("1", "p"), Said.cancelWish("1"), Said.cancelDecided("1", true));
        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.CANCELLED);
    }

    @Test
    void anAcceptedOrderKeepsItsPayment() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(Said.paid("1", "p"), Said.cancelWish("1"), Said.started("1"), Said.cancelDecided("1", true));
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.order("1").cancel().state()).isEqualTo(CancelState.REFUSED);
        assertThat(rig.parkedCauses("1")).as("two words of the barista contradict").hasSize(1);
    }

    @Test
    void moneyForACancelledOrExpiredOrderIsToBeRefundedAndParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.confirm("2", Kind.PICKUP);
        rig.apply(Said.cancelWish("1"));
        rig.impatient().apply(Rig.arrivals(Said.unpaid("1"), Said.unpaid("2")));

        assertThat(outcome(Said.paid("1", "p"))).isEqualTo(Outcome.REFUND_DUE);
        assertThat(outcome(Said.paid("2", "q"))).isEqualTo(Outcome.REFUND_DUE);

        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order is CANCELLED");
        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: the order is EXPIRED");
        assertThat(rig.count("parked")).isEqualTo(2);
        assertThat(rig.timeline("2")).containsExactly(Outcome.APPLIED, Outcome.REFUND_DUE);
    }

    @Test
    void anOrderThatTheBaristaWillNeverMakeIsHandedToAPersonAndItsMoneyIsDueBack() {
        rig.confirm("1", Kind.DELIVERY);
        rig.apply(Said.paid("1", "p"), Said.turnedDown("1"));

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.REFUSED);
        assertThat(rig.order("1").dues()).isEqualTo(Dues.NONE);
        assertThat(rig.payment("p")).startsWith("REFUND_DUE");
        assertThat(rig.parkedCauses("1")).singleElement().asString().contains("no such store");
        assertThat(outcome(Said.started("1"))).as("and if it is made after all, an alarm").isEqualTo(Outcome.REFUSED);
    }

    @Test
    void moneyThatMustGoBackIsListedPageByPageTheLongestDueFirst() {
        for (String order : List.of("3", "1", "2")) {
            rig.confirm(order, Kind.PICKUP);
            rig.apply(Said.paid(order, "p" + order));
        }
        for (String order : List.of("2", "3", "1")) {
            rig.apply(Said.cancelWish(order), Said.cancelDecided(order, true));
        }
        rig.confirm("4", Kind.PICKUP);
        rig.apply(Said.paid("4", "p4"), Said.paid("4", "q4"));

        List<Refund> first = rig.ledger().refundsDue(null, 3).orElseThrow();
        assertThat(first).extracting(Refund::orderId).containsExactly("2", "3", "1");
        assertThat(first.get(0).why()).isEqualTo("the order was cancelled");
        assertThat(rig.ledger().refundsDue("p1", 3).orElseThrow()).singleElement().satisfies(refund -> {
            assertThat(refund.paymentId()).isEqualTo("q4");
            assertThat(refund.amount()).isEqualTo(3200);
            assertThat(refund.since()).isAfterOrEqualTo(first.get(2).since());
        });
        assertThat(rig.ledger().refundsDue("unknown", 3)).isEmpty();
    }

    @Test
    void anOrderOfWhichOnlyTheWrongSumWasPaidExpiresAsUnpaidAndThatMoneyIsDueBack() {
        rig.confirm("1", Kind.PICKUP);
        Event wrong = Said.paid("1", "p", 1);
        assertThat(outcome(wrong)).isEqualTo(Outcome.REFUSED);

        Arrival pulled = new Arrival(wrong, "pull-payment", Way.PULL);
        assertThat(rig.ledger().apply(List.of(pulled)).get(0).outcome()).as("in time").isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.impatient().apply(List.of(pulled)).get(0).outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.EXPIRED);
        assertThat(rig.payment("p")).startsWith("REFUND_DUE");
    }

    @Test
    void aWishToCancelThatIsTurnedDownIsAnsweredAndNotParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(Said.paid("1", "p"), Said.started("1"));
        assertThat(outcome(Said.cancelWish("1"))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(Said.cancelWish("nobody"))).isEqualTo(Outcome.REFUSED);
        assertThat(rig.count("parked")).isZero();
    }
}
