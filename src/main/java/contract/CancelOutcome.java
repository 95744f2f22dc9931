package contract;

import java.time.Instant;

/** {@code lucky_cancel_outcome_topic}: the barista's decision on a cancel. */
public record CancelOutcome(String orderId, Decision decision, String reason, Instant decidedAt) {

    public enum Decision {
        /** No ticket will be made, now or later. */
        CANCELLED,
        /** Too late: the order was accepted (接单了不能取消). */
        REFUSED
    }

    public CancelOutcome {
        Bounds.id("orderId", orderId);
        Bounds.present("decision", decision);
        Bounds.text("reason", reason);
        Bounds.present("decidedAt", decidedAt);
    }
}
