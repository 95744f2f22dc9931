package contract;

import java.time.Instant;

/** {@code lucky_making_started_topic}: the barista has accepted the order (手动接单/自动接单); no cancelling from here on. */
public record MakingStarted(String orderId, String ticketId, Acceptance acceptance, Instant startedAt) {

    public enum Acceptance {
        MANUAL, AUTOMATIC
    }

    public MakingStarted {
        Check.id("orderId", orderId);
        Check.id("ticketId", ticketId);
        Check.present("acceptance", acceptance);
        Check.present("startedAt", startedAt);
    }
}
