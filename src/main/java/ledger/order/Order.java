package ledger.order;

import contract.Kind;
import java.time.Instant;

/**
 * An order as the ledger's row has it: what was ordered, and how far making, delivery and cancel have come. Immutable;
 * {@link Transitions} gives the order after an event.
 * <pre>{@code
 * if (order.isDelivery() && order.settled() == null) {
 *     Estimate expected = order.delivered();
 * }
 * }</pre>
 *
 * <p>All times but those of a source are by the database's clock.
 *
 * @param version   grows by one with each change
 * @param ready     when it is expected to be made
 * @param delivered when it is expected to be delivered; null for an order that is fetched
 * @param dues      what each side owes
 * @param settled   how and when the order ended; null while it has not
 */
public record Order(String id, long version, Content content, Instant confirmedAt, Making making, Delivery delivery,
                    Cancel cancel, Estimate ready, Estimate delivered, Dues dues, Settled settled) {

    /**
     * What was ordered; never changes.
     *
     * @param amount in minor units
     * @param items  as JSON, in the form the contract writes
     */
    public record Content(String storeId, Kind kind, long amount, String currency, String items) {

        /** Whether that is the sum to be paid. @param paid in minor units */
        public boolean costs(long paid, String paidCurrency) {
            return amount == paid && currency.equals(paidCurrency);
        }
    }

    /**
     * How far the making has come.
     *
     * @param since   when this state was reached
     * @param hearsay whether the ticket is known from a topic alone, to which others than the barista may be able to write;
     *                false as soon as the barista, asked at its own address, has named a ticket
     */
    public record Making(MakeState state, Instant since, String paymentId, Instant paidAt, String ticketId,
                         boolean hearsay) {

        public Making(MakeState state, Instant since, String paymentId, Instant paidAt, String ticketId) {
            this(state, since, paymentId, paidAt, ticketId, false);
        }

        Making to(MakeState next, Instant now) {
            return new Making(next, now, paymentId, paidAt, ticketId, hearsay);
        }

        Making ticket(String id) {
            return new Making(state, since, paymentId, paidAt, id, hearsay);
        }

        public Making hearsay(boolean is) {
            return new Making(state, since, paymentId, paidAt, ticketId, is);
        }
    }

    /** How far the delivery has come. @param attempt 0 before the first; grows by one when another courier is assigned */
    public record Delivery(DeliveryState state, Instant since, String noteId, int attempt, String courier) {
    }

    /** How far a cancel has come. @param reason null when none was given */
    public record Cancel(CancelState state, Instant since, String reason) {
    }

    /** How and when the order ended. */
    public record Settled(Settlement as, Instant at) {
    }

    public boolean isDelivery() {
        return content.kind() == Kind.DELIVERY;
    }

    boolean isCancelled() {
        return cancel.state() == CancelState.CANCELLED;
    }

    boolean isExpired() {
        return settled != null && settled.as() == Settlement.EXPIRED;
    }

    /** Whether the order can still be paid. */
    public boolean isUnpaid() {
        return settled == null && making.state() == MakeState.CONFIRMED;
    }

    /** When the side that owes this was last heard of. */
    public Instant since(Debt debt) {
        return switch (debt.since()) {
            case CONFIRMED -> confirmedAt;
            case MAKING -> making.since();
            case DELIVERY -> delivery.since();
            case CANCEL -> cancel.since();
        };
    }

    public Order making(Making next) {
        return new Order(id, version, content, confirmedAt, next, delivery, cancel, ready, delivered, dues, settled);
    }

    Order delivery(Delivery next) {
        return new Order(id, version, content, confirmedAt, making, next, cancel, ready, delivered, dues, settled);
    }

    Order cancel(CancelState state, Instant now, String reason) {
        return new Order(id, version, content, confirmedAt, making, delivery, new Cancel(state, now, reason), ready,
                delivered, dues, settled);
    }

    Order estimates(Estimate nextReady, Estimate nextDelivered) {
        return new Order(id, version, content, confirmedAt, making, delivery, cancel, nextReady, nextDelivered, dues,
                settled);
    }

    Order settled(Settlement as, Instant now) {
        return new Order(id, version, content, confirmedAt, making, delivery, cancel, ready, delivered, dues,
                new Settled(as, now));
    }

    Order dues(Dues next) {
        return new Order(id, version, content, confirmedAt, making, delivery, cancel, ready, delivered, next, settled);
    }

    Order nextVersion() {
        return new Order(id, version + 1, content, confirmedAt, making, delivery, cancel, ready, delivered, dues,
                settled);
    }
}
