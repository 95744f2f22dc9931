package ledger;

import java.time.Instant;

/**
 * What each side owes, as the time from which its silence is worth a look; null when it owes nothing.
 *
 * @param payment  the callback
 * @param barista  a ticket, the start, the end of making, or its decision on a cancel
 * @param dispatch a delivery note, the courier's states, or its word that it dropped a cancelled order
 */
public record Dues(Instant payment, Instant barista, Instant dispatch) {

    static final Dues NONE = new Dues(null, null, null);

    /** The debts that follow from an order's states. A debt that lasts keeps its time, so that its index is left alone. */
    static Dues of(Order order, Instant now, Patience patience) {
        if (order.settled() != null) {
            return NONE;
        }
        MakeState make = order.making().state();
        boolean payment = make == MakeState.CONFIRMED;
        boolean barista = make.atLeast(MakeState.PAID) && make != MakeState.MADE && !order.isCancelled();
        // A cancelled order is settled by dispatch's word alone, whatever its courier had said before.
        boolean dispatch = order.isDelivery() && (order.isCancelled() || !order.delivery().state().isFinal()
                && (make == MakeState.MADE || order.delivery().state() != DeliveryState.NONE));
        Dues known = order.dues();
        return new Dues(
                due(payment, known.payment(), now.plus(patience.payment())),
                due(barista, known.barista(), now.plus(patience.barista())),
                due(dispatch, known.dispatch(), now.plus(patience.dispatch())));
    }

    private static Instant due(boolean owed, Instant known, Instant fresh) {
        return !owed ? null : known != null ? known : fresh;
    }
}
