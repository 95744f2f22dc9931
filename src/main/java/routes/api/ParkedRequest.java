package routes.api;

import contract.Bounds;
import contract.Visible;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import ledger.ParkedFilter;
import ledger.ParkedState;

/**
 * The messages to be replayed or dismissed: either given by id, or all parked ones that match a filter, the oldest first.
 *
 * @param limit  with a filter: the largest number of messages; null for {@link #MOST}
 * @param after  with a filter: the {@code next} of the answer before
 * @param reason for other people; required for a dismissal
 */
record ParkedRequest(List<Long> ids, Filter filter, Integer limit, Long after, String reason) {

    /** Messages of one request: each is a transaction of its own, and the caller waits for all of them. */
    static final int MOST = 500;

    /** The fields of the list's query. At least one is required, so that everything is not replayed by mistake. */
    record Filter(String order, String store, String arrow, Instant from, Instant to, String cause) {
        Filter {
            if (Stream.of(order, store, arrow, from, to, cause).allMatch(Objects::isNull)) {
                throw new IllegalArgumentException("filter must name one of order, store, arrow, from, to, cause");
            }
            checked(new ParkedFilter(order, store, arrow, from, to, cause, null));
        }

        ParkedFilter waiting() {
            return new ParkedFilter(order, store, arrow, from, to, cause, ParkedState.PARKED);
        }
    }

    ParkedRequest {
        if ((ids == null) == (filter == null)) {
            throw new IllegalArgumentException("either ids or filter must be given, and not both");
        }
        if (ids != null && (ids.isEmpty() || ids.size() > MOST || ids.stream().anyMatch(id -> id == null || id < 1)
                || new HashSet<>(ids).size() < ids.size())) {
            throw new IllegalArgumentException("ids must hold 1 to " + MOST + " different numbers above 0");
        }
        if (ids != null && (limit != null || after != null)) {
            throw new IllegalArgumentException("limit and after go with a filter, not with ids");
        }
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST);
        }
        if (Bounds.text("reason", reason) != null && reason.isBlank()) {
            throw new IllegalArgumentException("reason must say something, or be left out");
        }
        reason = Visible.text(reason);
    }

    /** @throws IllegalArgumentException when a field has a value that no message can have */
    static ParkedFilter checked(ParkedFilter filter) {
        if (filter.orderId() != null) {
            Bounds.id("order", filter.orderId());
        }
        if (filter.storeId() != null) {
            Bounds.id("store", filter.storeId());
        }
        if (filter.arrow() != null) {
            Bounds.id("arrow", filter.arrow());
        }
        if (Bounds.text("cause", filter.cause()) != null && filter.cause().isBlank()) {
            throw new IllegalArgumentException("cause must hold some text");
        }
        Bounds.period(filter.from(), filter.to());
        return filter;
    }
}
