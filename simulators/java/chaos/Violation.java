package chaos;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param orderId  null when it is about no single order
 * @param what     what was promised and what was found
 * @param timeline the hub's timeline of the order; empty without one
 */
record Violation(Kind kind, String orderId, String what, List<String> timeline) {

    enum Kind {
        /** An acknowledged or paid order did not have its effect. */
        LOST,
        /** An order has a second ticket or note, or a note that it needs none of. */
        DOUBLED,
        /** By the hub's own timeline, a step that can happen once was applied twice. */
        APPLIED_TWICE,
        /** A ticket was made before the order was paid, or a forged callback was accepted. */
        UNPAID,
        /** A payment belongs to two orders. */
        PAYMENT_SHARED,
        /** A callback was answered 2xx before it was durable. */
        NOT_DURABLE,
        /** The answer to a cancel and what was made contradict each other. */
        CANCEL_BROKEN,
        /** A payment that bought nothing is not listed as a refund, or one that bought something is. */
        MONEY,
        /** The hub's last answer contradicts the journals. */
        DISAGREEMENT,
        /** Not settled in time. */
        UNSETTLED,
        /** A state moved back. */
        MOVED_BACK,
        /** Work that a partial failure did not affect stood still: see {@link LivenessCheck}. */
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
