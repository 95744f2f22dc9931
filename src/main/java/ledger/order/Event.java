package ledger.order;

import java.time.Instant;

/**
 * Something that happened to an order, as a neighbour or the shop reports it. What it means is decided by
 * {@link Transitions}; the ledger takes it as part of an arrival:
 * <pre>{@code
 * ledger.apply(List.of(new Arrival(new Event.Made("81", "T-81", madeAt), "made", Way.PUSH)));
 * }</pre>
 *
 * <p>Times are those of the source's clock. Events are stored; what they are called in the tables does not follow the names
 * here.
 */
public sealed interface Event {

    String orderId();

    /** The barista's ticket that this event names; null when it names none. */
    default String ticketId() {
        return null;
    }

    /** The payment system reports a payment; a callback's signature was verified before. @param amount in minor units */
    record Paid(String orderId, String paymentId, long amount, String currency, Instant paidAt) implements Event {
    }

    /** The barista has a ticket. @param readyAt when the order is expected to be made; never null */
    record TicketKnown(String orderId, String ticketId, Instant readyAt, Instant asOf) implements Event {
    }

    /** The barista will never make the order. */
    record TicketRefused(String orderId, String reason) implements Event {
    }

    /** The barista has accepted the order. @param acceptance by hand or automatic, as the barista says it */
    record MakingStarted(String orderId, String ticketId, String acceptance, Instant startedAt) implements Event {
    }

    /** The order is made. */
    record Made(String orderId, String ticketId, Instant madeAt) implements Event {
    }

    /** Dispatch expects the order to be delivered at that time. */
    record DispatchTime(String orderId, Instant deliveredAt, Instant asOf) implements Event {
    }

    /**
     * The courier's state.
     *
     * @param attempt     1 for the first courier; grows with each reassignment
     * @param courier     null when none is assigned
     * @param deliveredAt expected or actual; may be null
     */
    record Express(String orderId, String noteId, int attempt, DeliveryState state, String courier,
                   Instant deliveredAt, Instant changedAt) implements Event {
    }

    /** The customer wishes to cancel. */
    record CancelRequested(String orderId, String reason) implements Event {
    }

    /** The barista has decided on a cancel. @param reason may be null */
    record CancelDecided(String orderId, boolean cancelled, String reason) implements Event {
    }

    /** Dispatch confirms that it will not deliver the cancelled order. */
    record DispatchCancelled(String orderId) implements Event {
    }

    /** The payment system confirms that the order has not been paid so far. */
    record Unpaid(String orderId) implements Event {
    }
}
