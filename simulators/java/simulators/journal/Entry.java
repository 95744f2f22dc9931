package simulators.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * One line of a journal.
 *
 * @param at      by the simulator's clock
 * @param orderId the order that it is about; null when it is about none, or the order is unknown
 * @param key     the idempotency key or event id of the request; may be null
 * @param id      the simulator's own id of what was made: a ticket, a note, a payment; may be null
 * @param detail  what else is needed to restore the state; never null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Entry(Instant at, What what, String orderId, String key, String id, Map<String, String> detail) {

    public Entry {
        detail = detail == null ? Map.of() : Map.copyOf(detail);
    }

    public static Entry of(Instant at, What what, String orderId) {
        return new Entry(at, what, orderId, null, null, Map.of());
    }

    public Entry withKey(String newKey) {
        return new Entry(at, what, orderId, newKey, id, detail);
    }

    public Entry withId(String newId) {
        return new Entry(at, what, orderId, key, newId, detail);
    }

    public Entry withDetail(Map<String, String> newDetail) {
        return new Entry(at, what, orderId, key, id, newDetail);
    }

    /** The value of one detail; null when there is none. */
    public String get(String name) {
        return detail.get(name);
    }
}
