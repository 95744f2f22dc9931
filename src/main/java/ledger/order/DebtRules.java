package ledger.order;

import java.time.Instant;

/** Works out which debts follow from the states of an order. */
final class DebtRules {

    private DebtRules() {
    }

    /** A debt that lasts keeps its due time, so that the row's index entry stays as it is. */
    static Dues dues(Order order, Instant now, Patience patience) {
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
            // Only dispatch's confirmation settles it, whatever state the courier had reported before.
            return Debt.DROP;
        }
        DeliveryState state = order.delivery().state();
        if (state.isFinal()) {
            return null;
        }
        return state != DeliveryState.NONE ? Debt.DELIVERY : order.making().state() == MakeState.MADE ? Debt.NOTE : null;
    }

    private static Dues.Due due(Order order, Debt debt, Dues.Due known, Instant now, Patience patience) {
        if (debt == null) {
            return null;
        }
        return known != null && known.debt() == debt ? known
                : new Dues.Due(debt, now.plus(patience.age(debt, order.content().storeId())));
    }
}
