package ledger.order;

import contract.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The order that the tests of the rules tell of, and what can be said about it. */
public final class OrderFixture {

    static final String ORDER = "81";
    public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    public static final Patience PATIENCE = new Patience(
            Map.of(Debt.PAYMENT, Duration.ofSeconds(30), Debt.TICKET, Duration.ofSeconds(20), Debt.MAKING,
                    Duration.ofMinutes(2), Debt.NOTE, Duration.ofSeconds(40), Debt.DELIVERY, Duration.ofMinutes(5)),
            Duration.ofMinutes(1), Duration.ofMinutes(10));

    private OrderFixture() {
    }

    /** Just confirmed: nothing has happened but two estimates, both as of noon. */
    public static Order confirmed(Kind kind) {
        return new Order(ORDER, 0, new Order.Content("store-1", kind, 3200, "CNY", "[]"), NOON,
                new Order.Making(MakeState.CONFIRMED, NOON, null, null, null),
                new Order.Delivery(DeliveryState.NONE, null, null, 0, null),
                new Order.Cancel(CancelState.NONE, null, null),
                new Estimate(minute(10), "barista", NOON),
                kind == Kind.DELIVERY ? new Estimate(minute(40), "dispatch", NOON) : null,
                new Dues(new Dues.Due(Debt.PAYMENT, NOON.plus(PATIENCE.age(Debt.PAYMENT))), null, null), null);
    }

    public static Instant minute(int afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    public static Event paid() {
        return paid("pay-1", 3200);
    }

    static Event paid(String paymentId, long amount) {
        return new Event.Paid(ORDER, paymentId, amount, "CNY", NOON);
    }

    /** Says no more about the time than was known at noon. */
    static Event ticket() {
        return ticket("ticket-1", 10, NOON);
    }

    static Event ticket(String ticketId, int readyInMinute, Instant asOf) {
        return new Event.TicketKnown(ORDER, ticketId, minute(readyInMinute), asOf);
    }

    static Event started() {
        return started("ticket-1");
    }

    static Event started(String ticketId) {
        return new Event.MakingStarted(ORDER, ticketId, "AUTOMATIC", NOON);
    }

    static Event made() {
        return made("ticket-1");
    }

    static Event made(String ticketId) {
        return new Event.Made(ORDER, ticketId, NOON);
    }

    static Event dispatchTime(int deliveredInMinute, Instant asOf) {
        return new Event.DispatchTime(ORDER, minute(deliveredInMinute), asOf);
    }

    static Event express(DeliveryState state, int attempt) {
        return express("note-1", state, attempt);
    }

    static Event express(String noteId, DeliveryState state, int attempt) {
        return new Event.Express(ORDER, noteId, attempt, state, state == DeliveryState.NOTED ? null
                : "courier-" + attempt, null, NOON);
    }

    static Event cancelWish() {
        return new Event.CancelRequested(ORDER, "changed my mind");
    }

    static Event cancelAgreed() {
        return new Event.CancelDecided(ORDER, true, "not begun");
    }

    static Event cancelDeclined() {
        return new Event.CancelDecided(ORDER, false, "too late");
    }

    static Event dropped() {
        return new Event.DispatchCancelled(ORDER);
    }

    static Event unpaid() {
        return new Event.Unpaid(ORDER);
    }

    static Event turnedDown() {
        return new Event.TicketRefused(ORDER, "no such store");
    }

    /** The next version of it, cancelled and settled at noon. */
    public static Order cancelled(Order order) {
        return order.cancel(CancelState.CANCELLED, NOON, null).settled(Settlement.CANCELLED, NOON).dues(Dues.NONE)
                .nextVersion();
    }

    /** The next version of it, in a make state that no rule would bring it to. */
    public static Order back(Order order, MakeState state) {
        return order.making(order.making().to(state, NOON)).nextVersion();
    }
}
