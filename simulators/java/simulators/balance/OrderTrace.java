package simulators.balance;

import contract.ExpressChanged.State;
import contract.Kind;
import simulators.journal.Entry;

/** What the journals say about one order, added up entry by entry. The journals may be read in any order. */
final class OrderTrace {

    enum Standing {
        /** Nothing is owed: the order isn't paid, or the hub has refused its payment for good. */
        IDLE,
        /** A neighbour is making or delivering it. */
        UNDER_WAY,
        /** The next step is the hub's, also of a paid order whose callback was lost: the hub has to ask for the payment. */
        OWED,
        /** Nothing more is to happen. */
        SETTLED
    }

    long lastAt;
    int tickets;
    int made;
    int notes;
    int ended;
    boolean acknowledged;
    boolean cancelled;
    boolean delivered;
    private int payments;
    private int paymentsRefused;
    private boolean delivery;
    private boolean deliveryCancelled;
    private boolean customerWasTold;

    void see(Entry entry) {
        lastAt = Math.max(lastAt, entry.at().toEpochMilli());
        switch (entry.what()) {
            case CONFIRM_ASKED -> delivery |= isDelivery(entry);
            case CANCEL_ANSWERED -> customerWasTold |= "200".equals(entry.get("answer"));
            case PAYMENT_TAKEN -> payments++;
            case CALLBACK_ACKNOWLEDGED -> acknowledged = true;
            case CALLBACK_GIVEN_UP -> paymentsRefused++;
            case TICKET_CREATED -> {
                tickets++;
                delivery |= isDelivery(entry);
            }
            case MADE -> made++;
            case CANCEL_AGREED -> cancelled = true;
            case NOTE_CREATED -> notes++;
            case EXPRESS_CHANGED -> {
                State state = State.valueOf(entry.get("state"));
                delivered |= state == State.DELIVERED;
                ended += state == State.DELIVERED || state == State.FAILED ? 1 : 0;
            }
            case DELIVERY_CANCELLED -> deliveryCancelled = true;
            default -> {
            }
        }
    }

    /**
     * Whether the order must not be made: the barista agreed to cancel it, or the customer was told that it is cancelled.
     */
    boolean isCancelled() {
        return cancelled || customerWasTold;
    }

    /** Whether an effect happened twice, or happened to a cancelled order. */
    boolean doubled() {
        return tickets > 1 || notes > 1 || isCancelled() && (made > 0 || notes > 0);
    }

    boolean paid() {
        return payments > 0;
    }

    /** Whether a ticket or a delivery note was made, and no payment was taken. */
    boolean unpaid() {
        return (tickets > 0 || notes > 0) && payments == 0;
    }

    Standing standing() {
        if (isCancelled()) {
            return Standing.SETTLED;
        }
        if (tickets == 0) {
            return acknowledged || payments > paymentsRefused ? Standing.OWED : Standing.IDLE;
        }
        if (made == 0) {
            return Standing.UNDER_WAY;
        }
        if (!delivery || ended > 0) {
            return Standing.SETTLED;
        }
        return notes == 0 || deliveryCancelled ? Standing.OWED : Standing.UNDER_WAY;
    }

    private static boolean isDelivery(Entry entry) {
        return Kind.DELIVERY.name().equals(entry.get("kind"));
    }
}
