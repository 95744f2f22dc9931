package ledger;

import java.util.Set;

/** What an event means for an order. Each but {@link Applied} and {@link RefundDue} leaves the order as it is. */
public sealed interface Decision {

    /** In words, for the timeline; null when the arrow says it all. */
    String why();

    /** The order moves forward. */
    record Applied(Order order, Set<Change> changes, String why) implements Decision {
    }

    /** Known already, to the letter. */
    record Duplicate(String why) implements Decision {
    }

    /** True once, overtaken since. */
    record Stale(String why) implements Decision {
    }

    /** It builds on something that has not come yet: kept, and applied when that comes. */
    record Early(String why) implements Decision {
    }

    /** It contradicts what is known or may not happen now: recorded, and for a person to look at. */
    record Refused(String why) implements Decision {
    }

    /** The same id was used before for something else. */
    record Conflict(String why) implements Decision {
    }

    /** Money that must go back. */
    record RefundDue(String why) implements Decision {
    }

    default Outcome outcome() {
        // A switch with patterns would be shorter, and needs Java 21.
        if (this instanceof Applied) {
            return Outcome.APPLIED;
        } else if (this instanceof Duplicate) {
            return Outcome.DUPLICATE;
        } else if (this instanceof Stale) {
            return Outcome.STALE;
        } else if (this instanceof Early) {
            return Outcome.EARLY;
        } else if (this instanceof Refused) {
            return Outcome.REFUSED;
        } else if (this instanceof Conflict) {
            return Outcome.CONFLICT;
        }
        return Outcome.REFUND_DUE;
    }
}
