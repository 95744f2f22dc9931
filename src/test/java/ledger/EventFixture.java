package ledger;

import java.time.Instant;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.OrderFixture;

/** What neighbours say of any order; ticket and note are named after it. */
final class EventFixture {

    static final Instant NOON = OrderFixture.NOON;

    private EventFixture() {
    }

    static Event paid(String order, String paymentId) {
        return paid(order, paymentId, 3200);
    }

    static Event paid(String order, String paymentId, long amount) {
        return new Event.Paid(order, paymentId, amount, "CNY", NOON);
    }

    static Event ticket(String order) {
        return new Event.TicketKnown(order, "ticket-" + order, OrderFixture.minute(9), NOON);
    }

    static Event started(String order) {
        return new Event.MakingStarted(order, "ticket-" + order, "AUTOMATIC", NOON);
    }

    static Event made(String order) {
        return new Event.Made(order, "ticket-" + order, NOON);
    }

    static Event dispatchTime(String order) {
        return new Event.DispatchTime(order, OrderFixture.minute(30), NOON);
    }

    static Event express(String order, DeliveryState state) {
        return new Event.Express(order, "note-" + order, 1, state, "courier-1", OrderFixture.minute(33), NOON);
    }

    static Event cancelWish(String order) {
        return new Event.CancelRequested(order, "changed my mind");
    }

    static Event cancelDecided(String order, boolean agreed) {
        return new Event.CancelDecided(order, agreed, null);
    }

    static Event unpaid(String order) {
        return new Event.Unpaid(order);
    }

    static Event turnedDown(String order) {
        return new Event.TicketRefused(order, "no such store");
    }

    static Event dropped(String order) {
        return new Event.DispatchCancelled(order);
    }
}
