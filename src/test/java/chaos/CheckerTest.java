package chaos;

import static chaos.Violation.Kind.APPLIED_TWICE;
import static chaos.Violation.Kind.CANCEL_BROKEN;
import static chaos.Violation.Kind.DISAGREEMENT;
import static chaos.Violation.Kind.DOUBLED;
import static chaos.Violation.Kind.LOST;
import static chaos.Violation.Kind.MONEY;
import static chaos.Violation.Kind.NOT_DURABLE;
import static chaos.Violation.Kind.PAYMENT_SHARED;
import static chaos.Violation.Kind.UNPAID;
import static chaos.Violation.Kind.UNSETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import simulators.journal.What;

/** Given journals in which a promise is broken, the check says which; given any others, it is silent. */
class CheckerTest {

    @Test
    void ordersThatWentWellBreakNothing() {
        assertThat(check(OrderStory.fetched("a"), OrderStory.delivered("b"), cancelled(), tooLateToCancel(),
                expiredUnpaid())).isEmpty();
    }

    @Test
    void aPaidOrderWithoutATicketIsLostWhetherOrNotItWasAcknowledged() {
        OrderStory silent = OrderStory.confirmed("a").paid("P").says(Map.of("make", "CONFIRMED")).notSettled();
        OrderStory acknowledged = OrderStory.confirmed("b").paid("Q").acknowledged().says(Map.of("make", "PAID"))
                .notSettled();

        assertThat(kinds(silent)).containsExactlyInAnyOrder(LOST, UNSETTLED);
        assertThat(kinds(acknowledged)).containsExactlyInAnyOrder(LOST, UNSETTLED);
    }

    @Test
    void anOrderThatIsNotMadeIsLost() {
        assertThat(kinds(OrderStory.confirmed("a").paid("P").acknowledged().ticket("key"))).contains(LOST);
    }

    @Test
    void aDeliveryWithoutANoteOrAnEndIsLost() {
        assertThat(kinds(OrderStory.delivered("a").says(Map.of()))).isEmpty();
        OrderStory withoutNote = OrderStory.delivered("b");
        assertThat(new Checker(Map.of("b", without(withoutNote)), Map.of("b", withoutNote.lastWord()),
                Set.of(), OrderStory.SETTLED_BY).check()).extracting(Violation::kind).contains(LOST);
    }

    @Test
    void aConfirmedOrderThatTheHubDoesNotKnowIsLost() {
        assertThat(kinds(OrderStory.confirmed("a").hubDoesNotKnowIt())).containsExactly(LOST);
    }

    @Test
    void aSecondTicketIsADoubledOrder() {
        List<Violation> violations = check(OrderStory.fetched("a").ticket("another key"));

        assertThat(violations).extracting(Violation::kind).contains(DOUBLED);
        assertThat(violations.get(0).what()).contains("[key, another key]");
    }

    @Test
    void aSecondNoteIsADoubledOrder() {
        assertThat(kinds(OrderStory.delivered("a").note("another key"))).contains(DOUBLED);
    }

    @Test
    void aTicketThatNobodyPaidForIsUnpaid() {
        assertThat(kinds(OrderStory.confirmed("a").ticket("key").made())).contains(UNPAID);
    }

    @Test
    void aForgedCallbackThatIsTakenIsReportedWhetherOrNotItLedToATicket() {
        assertThat(kinds(expiredUnpaid().forged("401").forged("400"))).isEmpty();
        assertThat(kinds(expiredUnpaid().forged("204"))).containsExactly(UNPAID);
    }

    @Test
    void aPaymentUnderTwoOrdersIsReported() {
        assertThat(kinds(OrderStory.fetched("a"), OrderStory.fetched("b").says(Map.of("paymentId", "P-a"))))
                .contains(PAYMENT_SHARED, DISAGREEMENT);
    }

    @Test
    void aPaymentThatIsPulledAfterItsCallbackWasAcknowledgedWasNotDurable() {
        assertThat(kinds(OrderStory.fetched("a").step(30, "pull-payment", "PULL", "APPLIED")))
                .containsExactly(NOT_DURABLE);
    }

    @Test
    void aPaymentThatIsPulledBeforeItsCallbackComesIsNothingToWonderAt() {
        assertThat(kinds(OrderStory.fetched("a").step(1, "pull-payment", "PULL", "APPLIED")
                .step(3, "payment-callback", "PUSH", "DUPLICATE"))).isEmpty();
    }

    @Test
    void aStepThatIsAppliedTwiceIsReported() {
        assertThat(kinds(OrderStory.fetched("a").step(4, "made", "PUSH", "APPLIED").step(4, "made", "PUSH", "APPLIED")))
                .containsExactly(APPLIED_TWICE);
    }

    @Test
    void whatWasCancelledMustNotBeMade() {
        assertThat(kinds(OrderStory.fetched("a").cancelAsked("202").barista(What.CANCEL_AGREED)))
                .contains(CANCEL_BROKEN);
        assertThat(kinds(OrderStory.fetched("b").cancelAsked("200"))).contains(CANCEL_BROKEN);
    }

    @Test
    void whoseCancelWasRefusedGetsHisOrder() {
        assertThat(kinds(OrderStory.confirmed("a").paid("P").acknowledged().ticket("key").cancelAsked("409")
                .says(Map.of("cancel", "CANCELLED", "settledAs", "CANCELLED")))).contains(CANCEL_BROKEN);
    }

    @Test
    void anAcceptedCancelIsDecided() {
        assertThat(kinds(OrderStory.fetched("a").cancelAsked("202").says(Map.of("cancel", "CANCEL_REQUESTED"))))
                .contains(LOST);
    }

    /** The customer has no answer: it may be cancelled or made, as long as all agree. */
    @Test
    void aCancelWithoutAnAnswerMayHaveHappenedOrNot() {
        assertThat(kinds(OrderStory.fetched("a").cancelAskedInVain())).isEmpty();
        assertThat(kinds(OrderStory.confirmed("b").cancelAskedInVain().paid("P").acknowledged().refundDue("P")
                .says(Map.of("make", "CONFIRMED", "cancel", "CANCELLED", "settledAs", "CANCELLED")))).isEmpty();
    }

    @Test
    void whatTheHubSaysAtLastIsWhatHappened() {
        assertThat(kinds(OrderStory.fetched("a").says(Map.of("ticketId", "T7")))).containsExactly(DISAGREEMENT);
        assertThat(kinds(OrderStory.delivered("b").says(Map.of("settledAs", "DELIVERY_FAILED"))))
                .containsExactly(DISAGREEMENT);
        assertThat(kinds(OrderStory.fetched("c").cancelAsked("202").barista(What.CANCEL_REFUSED)
                .says(Map.of("cancel", "CANCELLED")))).contains(DISAGREEMENT);
    }

    @Test
    void aPaidOrderMustNotExpire() {
        assertThat(kinds(OrderStory.confirmed("a").paid("P").settledAt(OrderStory.START.plusSeconds(40))
                .says(Map.of("make", "CONFIRMED", "settledAs", "EXPIRED")))).contains(LOST, DISAGREEMENT);
    }

    /** Its money goes back; neither a cancel that came then nor the missing drink is a broken promise. */
    @Test
    void whatIsPaidAfterItHasExpiredIsNotMadeAndNotLost() {
        OrderStory late = OrderStory.confirmed("a").paid("P").acknowledged().cancelAsked("409").refundDue("P")
                .settledAt(OrderStory.START).says(Map.of("make", "CONFIRMED", "settledAs", "EXPIRED"));

        assertThat(kinds(late)).isEmpty();
    }

    /** It had asked, was told, and let it expire all the same. */
    @Test
    void whatTheHubWasToldOfBeforeItExpiredIsNotPaidTooLate() {
        OrderStory late = OrderStory.confirmed("a").paidTooLittle("P1").refundDue("P1").paid("P2").toldWhenAsked("P1")
                .says(Map.of("make", "CONFIRMED", "settledAs", "EXPIRED"));

        assertThat(kinds(late)).isEmpty();
        assertThat(kinds(late.toldWhenAsked("P2"))).containsExactlyInAnyOrder(LOST, DISAGREEMENT);
    }

    @Test
    void whatWasPaidForNothingIsListedToGoBackAndNothingElseIs() {
        assertThat(kinds(OrderStory.confirmed("a").paid("P").acknowledged().settledAt(OrderStory.START)
                .says(Map.of("make", "CONFIRMED", "settledAs", "EXPIRED")))).containsExactly(MONEY);
        assertThat(kinds(OrderStory.confirmed("b").paid("P").acknowledged().cancelAsked("200")
                .says(Map.of("make", "PAID", "cancel", "CANCELLED", "settledAs", "CANCELLED")))).containsExactly(MONEY);
        assertThat(kinds(OrderStory.fetched("c").refundDue("P-c"))).containsExactly(MONEY);
    }

    @Test
    void aWrongSumIsListedToGoBackWhateverBecameOfItsOrder() {
        assertThat(kinds(OrderStory.fetched("a").paidTooLittle("W").refundDue("W"))).isEmpty();
        assertThat(kinds(OrderStory.fetched("b").paidTooLittle("W"))).containsExactly(MONEY);
        assertThat(kinds(expiredUnpaid().paidTooLittle("V").paidTooLittle("W").refundDue("W"))).containsExactly(MONEY);
        assertThat(kinds(cancelled().paidTooLittle("W"))).containsExactly(MONEY);
    }

    @Test
    void aWrongSumPaysForNothing() {
        assertThat(kinds(expiredUnpaid().paidTooLittle("W").refundDue("W"))).isEmpty();
        assertThat(kinds(OrderStory.confirmed("a").paidTooLittle("W").refundDue("W").ticket("key").made()))
                .containsExactlyInAnyOrder(UNPAID);
        assertThat(kinds(OrderStory.fetched("b").paidTooLittle("W").says(Map.of("paymentId", "W")))).contains(DISAGREEMENT);
    }

    @Test
    void ofTwoPaymentsTheOneThatBoughtNothingIsListedToGoBack() {
        assertThat(kinds(OrderStory.fetched("a").paid("twice").acknowledged().says(Map.of("paymentId", "P-a"))))
                .containsExactly(MONEY);
    }

    @Test
    void anOrderThatSettlesTooLateIsReported() {
        assertThat(kinds(OrderStory.fetched("a").settledAt(OrderStory.SETTLED_BY.plusSeconds(1))))
                .containsExactly(UNSETTLED);
    }

    private static OrderStory cancelled() {
        return OrderStory.confirmed("c").paid("P-c").acknowledged().ticket("key").cancelAsked("202")
                .barista(What.CANCEL_AGREED).refundDue("P-c")
                .says(Map.of("make", "RECEIVED", "cancel", "CANCELLED", "settledAs", "CANCELLED"));
    }

    private static OrderStory tooLateToCancel() {
        return OrderStory.fetched("d").cancelAsked("202").barista(What.CANCEL_REFUSED)
                .says(Map.of("cancel", "REFUSED"));
    }

    private static OrderStory expiredUnpaid() {
        return OrderStory.confirmed("e").says(Map.of("make", "CONFIRMED", "settledAs", "EXPIRED"));
    }

    /** The journals of an order that was delivered, without the note. */
    private static OrderEvidence without(OrderStory story) {
        OrderEvidence evidence = story.evidence();
        evidence.notes.clear();
        return evidence;
    }

    private static List<Violation.Kind> kinds(OrderStory... orders) {
        return check(orders).stream().map(Violation::kind).toList();
    }

    private static List<Violation> check(OrderStory... orders) {
        Map<String, OrderEvidence> journals = new TreeMap<>();
        Map<String, OrderApi.Answer> lastWords = new TreeMap<>();
        Set<String> refunds = new TreeSet<>();
        for (OrderStory order : orders) {
            journals.put(order.id(), order.evidence());
            lastWords.put(order.id(), order.lastWord());
            refunds.addAll(order.refunds());
        }
        return new Checker(journals, lastWords, refunds, OrderStory.SETTLED_BY).check();
    }
}
