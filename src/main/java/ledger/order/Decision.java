package ledger.order;

import java.util.Set;

/**
 * What an event means for an order. Only {@link Applied} changes the order.
 * <pre>{@code
 * Decision decision = transitions.decide(order, event, now);
 * if (decision instanceof Decision.Applied applied) {
 *     write(applied.order(), applied.changes());
 * }
 * }</pre>
 */
public sealed interface Decision {

    Outcome outcome();

    /** The reason in words, for the timeline; null when there is nothing to add to the arrow. */
    String why();

    /**
     * The order moves forward.
     *
     * @param order   the order after the event
     * @param changes what is announced once the order is committed; may be empty
     */
    record Applied(Order order, Set<Change> changes, String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.APPLIED;
        }
    }

    /** The order has exactly this already. */
    record Duplicate(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.DUPLICATE;
        }
    }

    /** The order has moved beyond this. */
    record Stale(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.STALE;
        }
    }

    /** The event builds on another that has not come yet: it is kept, and applied when that one comes. */
    record Early(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.EARLY;
        }
    }

    /** The event contradicts what is known, or may not happen now: it is recorded, and a person has to look at it. */
    record Refused(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }
    }

    /** The payment id was used before for another order or sum. */
    record Conflict(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.CONFLICT;
        }
    }

    /** The payment is real and is not the order's: its money must go back. */
    record RefundDue(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.REFUND_DUE;
        }
    }
}
