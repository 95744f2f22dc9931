package ledger;

import contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.order.Event;

/** An event as the tables keep it: the name of its class, and itself as JSON. */
final class EventJson {

    private static final Map<String, Class<? extends Event>> EVENTS =
            Stream.of(Event.class.getPermittedSubclasses())
                    .map(type -> type.<Event>asSubclass(Event.class))
                    .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private EventJson() {
    }

    static String name(Event event) {
        return event.getClass().getSimpleName();
    }

    static String write(Event event) {
        return new String(Json.write(event), StandardCharsets.UTF_8);
    }

    /** @throws Json.Malformed when it is not such an event */
    static Event read(String name, String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), EVENTS.get(name));
    }
}
