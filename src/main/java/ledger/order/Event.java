package ledger.order;

import java.time.Instant;

/** Something that happened to an order, as a neighbour, the shop or time itself tells it. */
public sealed interface Event {

    String orderId();

    /** The payment system's word, already verified. @param amount in minor units */
    record Paid(String orderId, String paymentId, long amount, String currency, Instant paidAt) implements Event {
    }

    /** The barista has a ticket. */
    record TicketKnown(String orderId, String ticketId, Instant readyAt, Instant asOf) implements Event {
    }

    /** The barista will never make it. */
    record TicketRefused(String orderId, String reason) implements Event {
    }

    record MakingStarted(String orderId, String ticketId, String acceptance, Instant startedAt) implements Event {
    }

    record Made(String orderId, String ticketId, Instant madeAt) implements Event {
    }

    /** Dispatch's estimate. */
    record DispatchTime(String orderId, Instant deliveredAt, Instant asOf) implements Event {
    }

    /** @param deliveredAt expected or actual; may be null */
    record Express(String orderId, String noteId, int attempt, DeliveryState state, String courier,
                   Instant deliveredAt, Instant changedAt) implements Event {
    }

    record CancelRequested(String orderId, String reason) implements Event {
    }

    /** The barista's decision on a cancel. */
    record CancelDecided(String orderId, boolean cancelled, String reason) implements Event {
    }

    /** Dispatch will not deliver the cancelled order. */
    record DispatchCancelled(String orderId) implements Event {
    }

    /** The payment system's word that nobody has paid so far. */
    record Unpaid(String orderId) implements Event {
    }
}
