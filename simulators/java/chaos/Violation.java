package chaos;

import java.util.List;

/**
 * A promise that was not kept.
 *
 * @param orderId  null when it is about no single order
 * @param what     what was promised and what was found
 * @param timeline the order's, as the hub keeps it
 */
record Violation(Kind kind, String orderId, String what, List<String> timeline) {

    enum Kind {
        /** What was acknowledged, or paid, did not have its effect. */
        LOST,
        /** An effect happened twice, or although it was called off. */
        DOUBLED,
        /** The hub's own timeline has a step applied twice that can happen once. */
        APPLIED_TWICE,
        /** Something was made that nobody had paid for. */
        UNPAID,
        /** A payment id stands under two orders. */
        PAYMENT_SHARED,
        /** A callback was answered 2xx before it was durable. */
        NOT_DURABLE,
        /** Who has it cancelled, and who has made it, contradict each other. */
        CANCEL_BROKEN,
        /** What was paid for nothing is not listed to go back, or what was paid for a drink is. */
        MONEY,
        /** The hub's last word is not what the journals say. */
        DISAGREEMENT,
        /** Not settled in time. */
        UNSETTLED,
        /** A state moved back. */
        MOVED_BACK,
        /** What had no part in some orders' or stores' trouble stood still with them. */
        STARVED,
        /** A topic is no longer read to its end. */
        UNREAD,
        /** A hub ended by itself. */
        HUB_DIED
    }

    @Override
    public String toString() {
        return kind + (orderId == null ? "" : " " + orderId) + ": " + what;
    }
}
