package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.ArrayList;
import java.util.List;
import ledger.order.CancelState;
import ledger.order.Change;
import ledger.order.Dues;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Money: applied once, refused aloud, and never forgotten. */
class LedgerPaymentsIT {

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    private Outcome outcome(Event event) {
        return rig.apply(event).get(0).outcome();
    }

    @Test
    void aPaymentIsAppliedOnceHoweverOftenItIsReported() {
        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(EventFixture.paid("1", "p"))).isEqualTo(Outcome.APPLIED);
        Order paid = rig.order("1");
        assertThat(outcome(EventFixture.paid("1", "p"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "p"))).extracting(Result::outcome)
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
        assertThat(rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "p"))).extracting(Result::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.DUPLICATE);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
    }

    @Test
    void theSameIdWithAnotherAmountOrOrderIsAConflictAndParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.confirm("2", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));

        assertThat(outcome(EventFixture.paid("1", "p", 1))).isEqualTo(Outcome.CONFLICT);
        assertThat(outcome(EventFixture.paid("2", "p"))).isEqualTo(Outcome.CONFLICT);

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
        assertThat(rig.apply(EventFixture.paid("2", "p"), EventFixture.paid("1", "p"))).extracting(Result::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.CONFLICT);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.CONFIRMED);
        assertThat(rig.order("2").making().state()).isEqualTo(MakeState.PAID);
    }

    @Test
    void anEarlyPaymentsIdIsTakenToo() {
        rig.apply(EventFixture.paid("1", "p"));
        rig.confirm("2", Kind.PICKUP);
        assertThat(outcome(EventFixture.paid("2", "p"))).isEqualTo(Outcome.CONFLICT);
        assertThat(outcome(EventFixture.paid("1", "p"))).as("its own repetition").isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.count("early")).isEqualTo(1);
    }

    @Test
    void aSecondPaymentIsToBeRefundedAndParkedOnce() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));
        assertThat(outcome(EventFixture.paid("1", "q"))).isEqualTo(Outcome.REFUND_DUE);
        assertThat(outcome(EventFixture.paid("1", "q"))).isEqualTo(Outcome.DUPLICATE);

        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: already paid by p");
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.parkedCauses("1")).hasSize(1);
        assertThat(rig.order("1").making().paymentId()).isEqualTo("p");
    }

    @Test
    void anotherAmountIsRefusedAndParkedOnceAndTheRightOneStillCounts() {
        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(EventFixture.paid("1", "p", 3199))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(EventFixture.paid("1", "p", 3199))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.payment("p")).startsWith("REFUND_DUE: paid 3199 CNY");
        assertThat(rig.parkedCauses("1")).hasSize(1);

        assertThat(outcome(EventFixture.paid("1", "q"))).isEqualTo(Outcome.APPLIED);
        assertThat(rig.order("1").making().paymentId()).isEqualTo("q");
    }

    @Test
    void twoEarlyPaymentsAreOnePaymentAndOneRefund() {
        rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "q"));
        rig.confirm("1", Kind.PICKUP);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: already paid by p");
        assertThat(rig.parkedCauses("1")).hasSize(1);
    }

    @Test
    void aPaymentThatWasParkedIsAppliedWhenItIsReportedAgainAfterItsOrderCame() {
        rig.apply(EventFixture.paid("1", "p"));
        rig.impatient().parkOverdueEarly(10);
        assertThat(outcome(EventFixture.paid("1", "p"))).as("still no order").isEqualTo(Outcome.DUPLICATE);

        rig.confirm("1", Kind.PICKUP);
        assertThat(outcome(EventFixture.paid("1", "p"))).isEqualTo(Outcome.APPLIED);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.PAID);
    }

    // ── going back

    @Test
    void aCancelledOrdersPaymentIsMarkedForItsRefund() {
        rig.confirm("1", Kind.DELIVERY);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "q", 1), EventFixture.cancelWish("1"));
        assertThat(rig.payment("p")).as("nobody agreed yet").isEqualTo("APPLIED");

        rig.apply(EventFixture.cancelDecided("1", true));

        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        assertThat(rig.queries().timeline("1")).last().satisfies(step -> {
            assertThat(step.outcome()).isEqualTo(Outcome.REFUND_DUE);
            assertThat(step.detail()).isEqualTo("payment p must go back: the order was cancelled");
        });
        assertThat(rig.count("parked")).as("q alone: a cancel is no fault").isEqualTo(1);
        assertThat(rig.payment("q")).startsWith("REFUND_DUE: paid 1 CNY");
        assertThat(outcome(EventFixture.paid("1", "p"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        rig.apply(EventFixture.dropped("1"));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.CANCELLED);
    }

    @Test
    void paidAndCancelledInOneBatchIsMarkedForItsRefundToo() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.cancelWish("1"), EventFixture.cancelDecided("1", true));
        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order was cancelled");
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.CANCELLED);
    }

    @Test
    void anAcceptedOrderKeepsItsPayment() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.cancelWish("1"), EventFixture.started("1"), EventFixture.cancelDecided("1", true));
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.order("1").cancel().state()).isEqualTo(CancelState.REFUSED);
        assertThat(rig.parkedCauses("1")).as("two words of the barista contradict").hasSize(1);
    }

    @Test
    void moneyForACancelledOrExpiredOrderIsToBeRefundedAndParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.confirm("2", Kind.PICKUP);
        rig.apply(EventFixture.cancelWish("1"));
        rig.impatient().apply(LedgerFixture.arrivals(EventFixture.unpaid("1"), EventFixture.unpaid("2")));

        assertThat(outcome(EventFixture.paid("1", "p"))).isEqualTo(Outcome.REFUND_DUE);
        assertThat(outcome(EventFixture.paid("2", "q"))).isEqualTo(Outcome.REFUND_DUE);

        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: the order is CANCELLED");
        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: the order is EXPIRED");
        assertThat(rig.count("parked")).isEqualTo(2);
        assertThat(rig.timeline("2")).containsExactly(Outcome.APPLIED, Outcome.REFUND_DUE);
    }

    @Test
    void anOrderThatTheBaristaWillNeverMakeIsHandedToAPersonAndItsMoneyIsDueBack() {
        rig.confirm("1", Kind.DELIVERY);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.turnedDown("1"));

        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.REFUSED);
        assertThat(rig.order("1").dues()).isEqualTo(Dues.NONE);
        assertThat(rig.payment("p")).startsWith("REFUND_DUE");
        assertThat(rig.parkedCauses("1")).singleElement().asString().contains("no such store");
        assertThat(outcome(EventFixture.started("1"))).as("and if it is made after all, an alarm").isEqualTo(Outcome.REFUSED);
    }

    @Test
    void moneyThatMustGoBackIsListedPageByPageTheLongestDueFirst() {
        for (String order : List.of("3", "1", "2")) {
            rig.confirm(order, Kind.PICKUP);
            rig.apply(EventFixture.paid(order, "p" + order));
        }
        for (String order : List.of("2", "3", "1")) {
            rig.apply(EventFixture.cancelWish(order), EventFixture.cancelDecided(order, true));
        }
        rig.confirm("4", Kind.PICKUP);
        rig.apply(EventFixture.paid("4", "p4"), EventFixture.paid("4", "q4"));

        List<Refund> first = rig.queries().refundsDue(null, 3).orElseThrow();
        assertThat(first).extracting(Refund::orderId).containsExactly("2", "3", "1");
        assertThat(first.get(0).why()).isEqualTo("the order was cancelled");
        assertThat(rig.queries().refundsDue("p1", 3).orElseThrow()).singleElement().satisfies(refund -> {
            assertThat(refund.paymentId()).isEqualTo("q4");
            assertThat(refund.amount()).isEqualTo(3200);
            assertThat(refund.since()).isAfterOrEqualTo(first.get(2).since());
        });
        assertThat(rig.queries().refundsDue("unknown", 3)).isEmpty();
    }

    @Test
    void ofTwoPartPaymentsBothAreDueBackAndTheOrderWaitsForItsOwn() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 1600), EventFixture.paid("1", "q", 1600));
        assertThat(dueBack()).containsExactlyInAnyOrder("p", "q");
        assertThat(rig.order("1").isUnpaid()).isTrue();

        rig.impatient().apply(LedgerFixture.arrivals(EventFixture.unpaid("1")));
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.EXPIRED);
        assertThat(dueBack()).containsExactlyInAnyOrder("p", "q");
    }

    /** How an order may go on, or have ended, beside a payment of a wrong sum. */
    private enum Course {
        WAITS, PAID(EventFixture.paid("1", "right")), CANCELLED(EventFixture.cancelWish("1")), EXPIRED(EventFixture.unpaid("1")),
        CANCELLED_WHEN_PAID(EventFixture.paid("1", "right"), EventFixture.cancelWish("1"), EventFixture.cancelDecided("1", true)),
        REFUSED(EventFixture.paid("1", "right"), EventFixture.turnedDown("1")), MADE(EventFixture.paid("1", "right"), EventFixture.made("1"));

        private final Event[] events;

        Course(Event... events) {
            this.events = events;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSumIsDueBackWhateverBecomesOfItsOrderAndByWhateverWayItCame(Course course) {
        Event wrong = EventFixture.paid("1", "wrong", 1);
        for (Way way : List.of(Way.PUSH, Way.PULL, Way.REPLAY)) {
            for (boolean before : new boolean[] {true, false}) {
                rig.empty().confirm("1", Kind.PICKUP);
                List<Arrival> arrivals = new ArrayList<>(List.of(LedgerFixture.arrivals(course.events).toArray(Arrival[]::new)));
                arrivals.add(before ? 0 : arrivals.size(), new Arrival(wrong, "test", way));

                rig.impatient().apply(arrivals);

                assertThat(dueBack()).as("%s, before: %s", way, before).contains("wrong");
                assertThat(rig.payment("wrong")).startsWith("REFUND_DUE: paid 1 CNY");
                rig.impatient().apply(arrivals);
                assertThat(rig.payment("wrong")).as("told again").startsWith("REFUND_DUE: paid 1 CNY");
            }
        }
    }

    @Test
    void aWrongSumThatCameBeforeItsOrderIsDueBackAsWell() {
        rig.apply(EventFixture.paid("early", "e", 1), EventFixture.paid("parked", "p", 1));
        rig.confirm("early", Kind.PICKUP);
        assertThat(dueBack()).containsExactly("e");

        rig.impatient().parkOverdueEarly(10);
        assertThat(rig.payment("p")).startsWith("PARKED");
        rig.confirm("parked", Kind.PICKUP);
        rig.apply(EventFixture.paid("parked", "p", 1));
        assertThat(dueBack()).containsExactly("e", "p");
    }

    @Test
    void aPaymentThatWasParkedForWantOfItsOrderIsDueBackOnceThatHasEndedWithoutIt() {
        rig.apply(EventFixture.paid("cancelled", "p"), EventFixture.paid("expired", "q"), EventFixture.paid("waits", "r"));
        rig.impatient().parkOverdueEarly(10);
        for (String order : List.of("cancelled", "expired", "waits")) {
            rig.confirm(order, Kind.PICKUP);
        }

        rig.apply(EventFixture.cancelWish("cancelled"));
        rig.impatient().apply(LedgerFixture.arrivals(EventFixture.unpaid("expired")));

        assertThat(dueBack()).containsExactly("p", "q");
        assertThat(rig.payment("r")).as("may still be its order's").startsWith("PARKED");
    }

    @Test
    void whatAnOlderHubHasRefusedIsDueBackWhenItIsToldOrReplayedAgain() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 1), EventFixture.paid("1", "q", 1));
        for (Way way : List.of(Way.PUSH, Way.PULL, Way.REPLAY)) {
            rig.jdbc().sql("UPDATE payment SET status = 'REFUSED'").update();
            Outcome outcome = rig.ledger().apply(List.of(new Arrival(EventFixture.paid("1", "p", 1), "test", way))).get(0).outcome();
            assertThat(outcome).isEqualTo(way == Way.REPLAY ? Outcome.REFUSED : Outcome.DUPLICATE);
            assertThat(dueBack()).as(way.name()).containsExactly("p");
        }
    }

    private List<String> dueBack() {
        return rig.queries().refundsDue(null, 10).orElseThrow().stream().map(Refund::paymentId).toList();
    }

    @Test
    void aWishToCancelThatIsTurnedDownIsAnsweredAndNotParked() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.started("1"));
        assertThat(outcome(EventFixture.cancelWish("1"))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome(EventFixture.cancelWish("nobody"))).isEqualTo(Outcome.REFUSED);
        assertThat(rig.count("parked")).isZero();
    }
}
