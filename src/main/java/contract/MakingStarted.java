package contract;

import java.time.Instant;

/** {@code lucky_making_started_topic}: the barista has accepted the order (手动接单/自动接单); no cancelling from here on. */
public record MakingStarted(String orderId, String ticketId, Acceptance acceptance, Instant startedAt) {

    public enum Acceptance {
        MANUAL, AUTOMATIC
    }

    public MakingStarted {
        Bounds.id("orderId", orderId);
        Bounds.id("ticketId", ticketId);
        Bounds.present("acceptance", acceptance);
        Bounds.present("startedAt", startedAt);
    }
}
