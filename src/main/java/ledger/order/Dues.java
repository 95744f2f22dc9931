package ledger.order;

import java.time.Instant;

/** What each side owes, and from when on its silence is worth a look; null when it owes nothing. */
public record Dues(Due payment, Due barista, Due dispatch) {

    public static final Dues NONE = new Dues(null, null, null);

    /** @param at a wake-up: whoever looks then asks first how long the side has really been silent */
    public record Due(Debt debt, Instant at) {
    }

    /** The debts that follow from an order's states. One that lasts keeps its time, so that its index is left alone. */
    static Dues of(Order order, Instant now, Patience patience) {
        Dues known = order.dues();
        return new Dues(due(order, ofPayment(order), known.payment(), now, patience),
                due(order, ofBarista(order), known.barista(), now, patience),
                due(order, ofDispatch(order), known.dispatch(), now, patience));
    }

    private static Debt ofPayment(Order order) {
        return order.isUnpaid() ? Debt.PAYMENT : null;
    }

    private static Debt ofBarista(Order order) {
        if (order.settled() != null || order.isCancelled()) {
            return null;
        }
        if (order.cancel().state() == CancelState.CANCEL_REQUESTED) {
            return Debt.DECISION;
        }
        return switch (order.making().state()) {
            case CONFIRMED, MADE -> null;
            case PAID -> Debt.TICKET;
            case RECEIVED, MAKING -> Debt.MAKING;
        };
    }

    private static Debt ofDispatch(Order order) {
        if (order.settled() != null || !order.isDelivery()) {
            return null;
        }
        if (order.isCancelled()) {
            // Settled by dispatch's word alone, whatever its courier had said before.
            return Debt.DROP;
        }
        DeliveryState state = order.delivery().state();
        if (state.isFinal()) {
            return null;
        }
        return state != DeliveryState.NONE ? Debt.DELIVERY : order.making().state() == MakeState.MADE ? Debt.NOTE : null;
    }

    private static Due due(Order order, Debt debt, Due known, Instant now, Patience patience) {
        if (debt == null) {
            return null;
        }
        return known != null && known.debt() == debt ? known
                : new Due(debt, now.plus(patience.age(debt, order.content().storeId())));
    }
}
