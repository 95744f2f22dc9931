package simulators.barista;

import contract.MakingStarted.Acceptance;
import java.time.Instant;

/** An order's ticket in a store (制作单). Guarded by the monitor of its {@link Kitchen}. */
final class Ticket {

    enum State {
        WAITING, MAKING, MADE, CANCELLED
    }

    final String id;
    final String orderId;
    final String storeId;
    final int cups;
    final Instant acceptAt;
    /** The order's previous ticket; null when this is the first. A second one is a mistake of the hub's. */
    final Ticket before;
    State state = State.WAITING;
    /** Null until accepted. */
    Acceptance acceptance;
    /** Null until accepted. */
    Instant startedAt;
    /** When it was made, or is expected to be; null until accepted. */
    Instant readyAt;

    Ticket(String id, String orderId, String storeId, int cups, Instant acceptAt, Ticket before) {
        this.id = id;
        this.orderId = orderId;
        this.storeId = storeId;
        this.cups = cups;
        this.acceptAt = acceptAt;
        this.before = before;
    }
}
