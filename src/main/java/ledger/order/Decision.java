package ledger.order;

import java.util.Set;

/** What an event means for an order. Each but {@link Applied} leaves the order as it is. */
public sealed interface Decision {

    Outcome outcome();

    /** In words, for the timeline; null when the arrow says it all. */
    String why();

    /** The order moves forward. */
    record Applied(Order order, Set<Change> changes, String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.APPLIED;
        }
    }

    /** Known already, to the letter. */
    record Duplicate(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.DUPLICATE;
        }
    }

    /** True once, overtaken since. */
    record Stale(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.STALE;
        }
    }

    /** It builds on something that has not come yet: kept, and applied when that comes. */
    record Early(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.EARLY;
        }
    }

    /** It contradicts what is known or may not happen now: recorded, and for a person to look at. */
    record Refused(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }
    }

    /** The same id was used before for something else. */
    record Conflict(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.CONFLICT;
        }
    }

    /** Money that must go back. */
    record RefundDue(String why) implements Decision {
        @Override
        public Outcome outcome() {
            return Outcome.REFUND_DUE;
        }
    }
}
