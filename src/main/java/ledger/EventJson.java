package ledger;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.order.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as the tables {@code early} and {@code parked} keep them: the name of the kind, and the fields as JSON.
 *
 * <p>The names stand here and nowhere else in Java, so that a renamed class or component changes no row. SQL and hubs of
 * other releases know them too: a name is never changed, and never used for something else. A field that is added is null
 * when a row lacks it, and a field that this release doesn't know is ignored.
 */
final class EventJson {

    /** Fields in the sequence of the record's components. */
    private static final List<Kind> KINDS = List.of(
            new Kind("Paid", Event.Paid.class, "orderId", "paymentId", "amount", "currency", "paidAt"),
            new Kind("TicketKnown", Event.TicketKnown.class, "orderId", "ticketId", "readyAt", "asOf"),
            new Kind("TicketRefused", Event.TicketRefused.class, "orderId", "reason"),
            new Kind("MakingStarted", Event.MakingStarted.class, "orderId", "ticketId", "acceptance", "startedAt"),
            new Kind("Made", Event.Made.class, "orderId", "ticketId", "madeAt"),
            new Kind("DispatchTime", Event.DispatchTime.class, "orderId", "deliveredAt", "asOf"),
            new Kind("Express", Event.Express.class, "orderId", "noteId", "attempt", "state", "courier", "deliveredAt",
                    "changedAt"),
            new Kind("CancelRequested", Event.CancelRequested.class, "orderId", "reason"),
            new Kind("CancelDecided", Event.CancelDecided.class, "orderId", "cancelled", "reason"),
            new Kind("DispatchCancelled", Event.DispatchCancelled.class, "orderId"),
            new Kind("Unpaid", Event.Unpaid.class, "orderId"));

    private static final Map<String, Kind> BY_NAME = by(Kind::name);
    private static final Map<Class<?>, Kind> BY_TYPE = by(Kind::type);

    private static final JsonMapper MAPPER = new JsonMapper();

    private record Kind(String name, Class<? extends Event> type, String... fields) {

        Map<String, Object> values(Event event) throws ReflectiveOperationException {
            Map<String, Object> values = new LinkedHashMap<>();
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < fields.length; i++) {
                values.put(fields[i], components[i].getAccessor().invoke(event));
            }
            return values;
        }

        Event read(JsonNode json) throws ReflectiveOperationException {
            Class<?>[] types = Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = new Object[fields.length];
            for (int i = 0; i < fields.length; i++) {
                values[i] = value(fields[i], json.get(fields[i]), types[i]);
            }
            return type.getDeclaredConstructor(types).newInstance(values);
        }

        private Object value(String field, JsonNode value, Class<?> as) {
            boolean absent = value == null || value.isNull();
            if (absent && as.isPrimitive()) {
                throw new Unreadable("its event " + name + " lacks " + field);
            }
            try {
                return absent ? null : MAPPER.treeToValue(value, as);
            } catch (JacksonException e) {
                throw new Unreadable("its event " + name + " has a value in " + field + " that this release of the hub "
                        + "can't read");
            }
        }
    }

    private EventJson() {
    }

    /** The names of all kinds that this release can read, for a statement to ask for no others. */
    static String[] kinds() {
        return BY_NAME.keySet().toArray(String[]::new);
    }

    static String kind(Event event) {
        return BY_TYPE.get(event.getClass()).name();
    }

    static String write(Event event) {
        try {
            return MAPPER.writeValueAsString(BY_TYPE.get(event.getClass()).values(event));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kinds of events don't fit their records", e);
        }
    }

    /** @throws Unreadable when this release knows no such kind, or can't read one of its values */
    static Event read(String kind, String json) {
        if (!BY_NAME.containsKey(kind)) {
            throw new Unreadable("its event " + kind + " is of a kind that this release of the hub doesn't know");
        }
        try {
            return BY_NAME.get(kind).read(MAPPER.readTree(json));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kinds of events don't fit their records", e);
        }
    }

    private static <K> Map<K, Kind> by(Function<Kind, K> key) {
        return KINDS.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }
}
