package ledger.order;

import static ledger.order.OrderFixture.NOON;
import static ledger.order.OrderFixture.PATIENCE;
import static ledger.order.OrderFixture.cancelAgreed;
import static ledger.order.OrderFixture.cancelDeclined;
import static ledger.order.OrderFixture.cancelWish;
import static ledger.order.OrderFixture.dispatchTime;
import static ledger.order.OrderFixture.dropped;
import static ledger.order.OrderFixture.express;
import static ledger.order.OrderFixture.made;
import static ledger.order.OrderFixture.minute;
import static ledger.order.OrderFixture.paid;
import static ledger.order.OrderFixture.started;
import static ledger.order.OrderFixture.ticket;
import static ledger.order.OrderFixture.unpaid;
import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rules one by one, as a person would ask for them. */
class PromisesTest {

    private final Transitions transitions = new Transitions(PATIENCE);

    private Decision decide(Order order, Event event) {
        return transitions.decide(order, event, minute(3));
    }

    private Decision.Applied applied(Order order, Event event) {
        return (Decision.Applied) decide(order, event);
    }

    private Order after(Kind kind, Event... events) {
        Order order = OrderFixture.confirmed(kind);
        for (int i = 0; i < events.length; i++) {
            order = ((Decision.Applied) transitions.decide(order, events[i], minute(i + 1))).order();
        }
        return order;
    }

    private Order pickup(Event... events) {
        return after(Kind.PICKUP, events);
    }

    private Order delivery(Event... events) {
        return after(Kind.DELIVERY, events);
    }

    // ── forward only

    @Test
    void aSkippedStepMovesForwardAndSaysSo() {
        Decision.Applied made = applied(pickup(paid()), made());
        assertThat(made.order().making().state()).isEqualTo(MakeState.MADE);
        assertThat(made.order().making().ticketId()).isEqualTo("ticket-1");
        assertThat(made.why()).isEqualTo("skipped MAKING");
        assertThat(made.changes()).containsExactlyInAnyOrder(Change.MADE, Change.SETTLED);
    }

    @Test
    void aCourierMayBeFasterThanTheNewsOfTheMaking() {
        Order order = delivery(paid(), express(DeliveryState.DELIVERED, 1));
        assertThat(order.settled()).isNull();
        assertThat(order.dues().barista()).isNotNull();
        assertThat(applied(order, made()).order().settled().as()).isEqualTo(Settlement.DELIVERED);
    }

    @Test
    void aReassignedCourierStartsAgain() {
        Order order = delivery(paid(), made(), express(DeliveryState.NOTED, 1), express(DeliveryState.PICKED_UP, 1),
                express(DeliveryState.NOTED, 2), express(DeliveryState.ASSIGNED, 2));
        assertThat(order.delivery()).isEqualTo(
                new Order.Delivery(DeliveryState.ASSIGNED, minute(6), "note-1", 2, "courier-2"));
        assertThat(decide(order, express(DeliveryState.PICKED_UP, 1))).isInstanceOf(Decision.Stale.class);
    }

    @Test
    void aNoteIsAnnouncedOnceAndNotForEachCourier() {
        Order made = delivery(paid(), made());
        Decision.Applied noted = applied(made, express(DeliveryState.NOTED, 1));
        assertThat(noted.changes()).containsExactly(Change.NOTED);
        assertThat(applied(noted.order(), express(DeliveryState.NOTED, 2)).changes()).isEmpty();
    }

    // ── estimates

    @Test
    void anOlderEstimateNeverReplacesANewer() {
        Order order = delivery(paid(), ticket("ticket-1", 12, minute(2)), dispatchTime(50, minute(2)));

        assertThat(decide(order, ticket("ticket-1", 8, minute(1)))).isInstanceOf(Decision.Duplicate.class);
        assertThat(decide(order, dispatchTime(30, minute(1)))).isInstanceOf(Decision.Stale.class);
        Decision.Applied moved = applied(order, new Event.Express(OrderFixture.ORDER, "note-1", 1, DeliveryState.ASSIGNED,
                "courier-1", minute(20), minute(1)));
        assertThat(moved.order().delivered()).isEqualTo(new Estimate(minute(50), "dispatch", minute(2)));
        assertThat(moved.order().delivery().state()).isEqualTo(DeliveryState.ASSIGNED);
    }

    @Test
    void aNewerEstimateIsTakenWithoutMovingAnything() {
        Decision.Applied applied = applied(delivery(paid(), ticket()), ticket("ticket-1", 15, minute(2)));
        assertThat(applied.order().ready()).isEqualTo(new Estimate(minute(15), "barista", minute(2)));
        assertThat(applied.order().making().state()).isEqualTo(MakeState.RECEIVED);
        assertThat(applied.changes()).isEmpty();
    }

    @Test
    void theSameEstimateTwiceIsADuplicateEvenToTheNanosecond() {
        Instant precise = Instant.parse("2026-05-01T12:01:00.123456499Z");
        Order order = delivery(paid(), dispatchTime(50, precise), ticket("ticket-1", 12, precise));
        // As a database that keeps microseconds gives it back.
        Instant kept = Instant.parse("2026-05-01T12:01:00.123456Z");
        Order read = order.estimates(new Estimate(minute(12), "barista", kept),
                new Estimate(minute(50), "dispatch", kept));

        assertThat(decide(read, dispatchTime(50, precise))).isInstanceOf(Decision.Duplicate.class);
        assertThat(decide(read, ticket("ticket-1", 12, precise))).isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void anEstimateAsOfAFarFutureFreezesNothing() {
        Instant far = Instant.parse("2999-01-01T00:00:00Z");
        Order order = delivery(paid(), ticket("ticket-1", 12, far),
                new Event.Express(OrderFixture.ORDER, "note-1", 1, DeliveryState.NOTED, null, minute(51), far));
        assertThat(decide(order, dispatchTime(50, far))).isInstanceOf(Decision.Stale.class);
        assertThat(order.ready()).as("not taken").isEqualTo(OrderFixture.confirmed(Kind.DELIVERY).ready());
        assertThat(order.delivery().state()).as("but for the estimate it counts").isEqualTo(DeliveryState.NOTED);

        assertThat(transitions.decide(order, ticket("ticket-1", 14, minute(5)), minute(5))).isInstanceOf(Decision.Applied.class);
        assertThat(((Decision.Applied) transitions.decide(order, dispatchTime(40, minute(5)), minute(5))).order().delivered())
                .isEqualTo(new Estimate(minute(40), "dispatch", minute(5)));
    }

    @Test
    void anEstimateThatWasFrozenBeforeGivesWayToTheNext() {
        Estimate frozen = new Estimate(minute(12), "barista", Instant.parse("2999-01-01T00:00:00Z"));
        Order order = delivery(paid(), ticket()).estimates(frozen, frozen);
        assertThat(applied(order, ticket("ticket-1", 14, minute(3))).order().ready().at()).isEqualTo(minute(14));
        assertThat(applied(order, dispatchTime(40, minute(3))).order().delivered().at()).isEqualTo(minute(40));
    }

    @Test
    void nothingIsExpectedInYears() {
        Instant far = Instant.parse("2999-01-01T00:00:00Z");
        Order order = delivery(paid());
        Decision.Applied received = applied(order, new Event.TicketKnown(OrderFixture.ORDER, "ticket-1", far, minute(3)));
        assertThat(received.order().making().state()).isEqualTo(MakeState.RECEIVED);
        assertThat(received.order().ready()).isEqualTo(order.ready());
        assertThat(decide(order, new Event.DispatchTime(OrderFixture.ORDER, far, minute(3)))).isInstanceOf(Decision.Stale.class);
        assertThat(applied(order, new Event.Express(OrderFixture.ORDER, "note-1", 1, DeliveryState.NOTED, null, far, minute(3)))
                .order().delivered()).isEqualTo(order.delivered());
    }

    @Test
    void aClockThatIsAMinuteFastIsBelieved() {
        Order order = applied(delivery(paid()), dispatchTime(50, minute(4))).order();
        assertThat(order.delivered().asOf()).isEqualTo(minute(4));
    }

    @Test
    void aFallbackGivesWayToTheFirstRealEstimate() {
        Order order = OrderFixture.confirmed(Kind.DELIVERY).estimates(
                new Estimate(minute(10), "fallback: no answer", Instant.EPOCH),
                new Estimate(minute(40), "fallback: no answer", Instant.EPOCH));
        assertThat(applied(order, dispatchTime(35, NOON)).order().delivered().from()).isEqualTo("dispatch");
    }

    @Test
    void whatIsOverNeedsNoEstimate() {
        assertThat(decide(delivery(paid(), made(), express(DeliveryState.DELIVERED, 1)), dispatchTime(50, minute(9))))
                .isInstanceOf(Decision.Stale.class);
        assertThat(decide(pickup(paid(), ticket(), made()), ticket("ticket-1", 50, minute(9))))
                .isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void anOrderThatIsFetchedHasNoTimeOfDelivery() {
        assertThat(decide(pickup(paid()), dispatchTime(50, minute(9)))).isInstanceOf(Decision.Refused.class);
    }

    // ── one ticket, one note, one payment

    @Test
    void aSecondTicketIsRefused() {
        for (Event event : new Event[] {ticket("ticket-2", 10, minute(9)), started("ticket-2"), made("ticket-2")}) {
            assertThat(decide(pickup(paid(), ticket()), event)).isInstanceOf(Decision.Refused.class);
            assertThat(decide(pickup(paid(), ticket(), made()), event)).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void aSecondNoteIsRefused() {
        Order order = delivery(paid(), made(), express(DeliveryState.NOTED, 1));
        assertThat(decide(order, express("note-2", DeliveryState.ASSIGNED, 1))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(order, express("note-2", DeliveryState.NOTED, 2))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void anotherAmountOrCurrencyIsRefused() {
        Order order = pickup();
        assertThat(decide(order, paid("pay-1", 3199))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(order, new Event.Paid(OrderFixture.ORDER, "pay-1", 3200, "USD", NOON)))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aSecondPaymentIsToBeRefundedInEveryLaterState() {
        for (Order order : new Order[] {pickup(paid()), pickup(paid(), ticket()), pickup(paid(), started()),
                pickup(paid(), made()), delivery(paid(), made(), express(DeliveryState.DELIVERED, 1)),
                delivery(paid(), cancelWish(), cancelAgreed())}) {
            assertThat(decide(order, paid("pay-2", 3200))).isInstanceOf(Decision.RefundDue.class);
        }
    }

    @Test
    void moneyForACancelledOrExpiredOrderIsToBeRefunded() {
        assertThat(decide(pickup(cancelWish()), paid())).isInstanceOf(Decision.RefundDue.class);
        assertThat(decide(pickup(unpaid()), paid())).isInstanceOf(Decision.RefundDue.class);
    }

    // ── cancelling

    @Test
    void acceptedWinsOverACancelRequest() {
        Decision.Applied accepted = applied(pickup(paid(), cancelWish()), started());
        assertThat(accepted.order().cancel().state()).isEqualTo(CancelState.REFUSED);
        assertThat(accepted.changes()).containsExactlyInAnyOrder(Change.MAKING, Change.CANCEL_REFUSED);
        assertThat(decide(accepted.order(), cancelAgreed())).isInstanceOf(Decision.Refused.class);
        assertThat(decide(accepted.order(), cancelDeclined())).isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void anAcceptedOrderCannotBeCancelledAndTheCustomerHearsWhy() {
        Decision refused = decide(pickup(paid(), started()), cancelWish());
        assertThat(refused).isInstanceOf(Decision.Refused.class);
        assertThat(refused.why()).contains("accepted").contains("MAKING");
    }

    @Test
    void aTicketThatIsNotYetAcceptedCanStillBeCancelled() {
        assertThat(applied(pickup(paid(), ticket()), cancelWish()).changes())
                .containsExactly(Change.CANCEL_REQUESTED);
    }

    @Test
    void cancellingBeforeThePaymentNeedsNobodysConsent() {
        Decision.Applied cancelled = applied(delivery(), cancelWish());
        assertThat(cancelled.order().settled().as()).isEqualTo(Settlement.CANCELLED);
        assertThat(cancelled.changes()).containsExactly(Change.SETTLED);
    }

    @Test
    void aCancelledDeliveryIsOverWhenDispatchHasDroppedItAndNotBefore() {
        Order order = delivery(paid(), cancelWish(), cancelAgreed());
        assertThat(order.settled()).isNull();
        assertThat(order.dues()).isEqualTo(new Dues(null, null, due(Debt.DROP, 3)));
        assertThat(applied(order, dropped()).order().settled().as()).isEqualTo(Settlement.CANCELLED);
    }

    @Test
    void aCancelledDeliveryStaysOwedWhateverTheCourierHadSaidBefore() {
        Order order = delivery(paid(), express(DeliveryState.FAILED, 1), cancelWish(), cancelAgreed());
        assertThat(order.dues().dispatch()).isNotNull();
    }

    @Test
    void anAnswerAboutTheTicketThatCrossedTheCancelIsLateAndNoAlarm() {
        Order order = pickup(paid(), cancelWish(), cancelAgreed());
        assertThat(decide(order, ticket())).isInstanceOf(Decision.Stale.class);
        assertThat(decide(order, started())).as("but making it after all is").isInstanceOf(Decision.Refused.class);
    }

    // ── debts

    @Test
    void nothingIsOwedOnceSettled() {
        for (Order order : new Order[] {pickup(paid(), made()), pickup(cancelWish()), pickup(unpaid()),
                pickup(paid(), cancelWish(), cancelAgreed()), delivery(paid(), cancelWish(), cancelAgreed(), dropped()),
                delivery(paid(), made(), express(DeliveryState.DELIVERED, 1)),
                delivery(paid(), express(DeliveryState.FAILED, 1), made())}) {
            assertThat(order.settled()).isNotNull();
            assertThat(order.dues()).isEqualTo(Dues.NONE);
        }
    }

    @Test
    void eachDebtKeepsItsTimeWhileItLasts() {
        assertThat(delivery(paid()).dues()).isEqualTo(new Dues(null, due(Debt.TICKET, 1), null));
        assertThat(delivery(paid(), ticket()).dues()).isEqualTo(new Dues(null, due(Debt.MAKING, 2), null));
        assertThat(delivery(paid(), ticket(), started()).dues()).isEqualTo(new Dues(null, due(Debt.MAKING, 2), null));

        assertThat(delivery(paid(), ticket(), made()).dues()).isEqualTo(new Dues(null, null, due(Debt.NOTE, 3)));
        assertThat(delivery(paid(), ticket(), made(), express(DeliveryState.NOTED, 1),
                express(DeliveryState.ASSIGNED, 1), express(DeliveryState.NOTED, 2)).dues())
                .isEqualTo(new Dues(null, null, due(Debt.DELIVERY, 4)));
    }

    @Test
    void whileACancelIsUndecidedItsDecisionIsAllThatTheBaristaOwes() {
        assertThat(delivery(paid(), cancelWish()).dues()).isEqualTo(new Dues(null, due(Debt.DECISION, 2), null));
        assertThat(delivery(paid(), cancelWish(), ticket()).dues())
                .isEqualTo(new Dues(null, due(Debt.DECISION, 2), null));
        assertThat(delivery(paid(), cancelWish(), cancelDeclined()).dues())
                .as("it says that it has accepted, and of no ticket").isEqualTo(new Dues(null, due(Debt.TICKET, 3), null));
    }

    private static Dues.Due due(Debt debt, int since) {
        return new Dues.Due(debt, minute(since).plus(PATIENCE.age(debt)));
    }

    @Test
    void anOrderIsNotGivenUpBeforeItsTimeOrWithoutThePaymentSystemsWord() {
        Order fresh = OrderFixture.confirmed(Kind.PICKUP);
        assertThat(transitions.decide(fresh, unpaid(), NOON.plusSeconds(59))).isInstanceOf(Decision.Duplicate.class);
        assertThat(transitions.decide(fresh, unpaid(), NOON.plusSeconds(60))).isInstanceOf(Decision.Applied.class);
    }

    @Test
    void anOrderThatWasPaidJustInTimeDoesNotExpire() {
        assertThat(decide(pickup(paid()), unpaid())).isInstanceOf(Decision.Stale.class);
    }
}
