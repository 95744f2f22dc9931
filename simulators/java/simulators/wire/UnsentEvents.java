package simulators.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.journal.Entry;
import simulators.journal.What;

/**
 * Finds, while a journal is replayed, the events that were neither acknowledged by the broker nor lost on purpose.
 */
public final class UnsentEvents {

    private final Map<String, TopicEvent> events = new LinkedHashMap<>();

    /** @param event the event that reports this entry; empty when there is none */
    public void see(Entry entry, Optional<TopicEvent> event) {
        event.ifPresent(told -> events.put(told.id(), told));
        boolean lost = entry.what() == What.FAULT && Fault.LOSE.word().equals(entry.get("fault"))
                && Channel.EVENTS_OUT.name().equals(entry.get("channel"));
        if (entry.what() == What.EVENT_SENT || lost) {
            events.remove(entry.key());
        }
    }

    public List<TopicEvent> events() {
        return List.copyOf(events.values());
    }
}
