package simulators.panel;

import java.util.Map;
import java.util.TreeMap;
import simulators.journal.Entry;
import simulators.wire.Via;

/** Counts of injected faults and of repairs by pull, from the journals. */
public final class FaultsAndRepairs {

    private final Map<String, Long> struck = new TreeMap<>();
    private long tickets;
    private long notes;

    /**
     * @param struck  how often each fault has struck, by its name
     * @param tickets tickets that were made because a pull handed the order over
     * @param notes   delivery notes that were made because a pull handed the order over
     */
    record Figures(Map<String, Long> struck, long tickets, long notes) {
    }

    public synchronized void see(Entry entry) {
        boolean pulled = Via.PULL.word().equals(entry.get("way"));
        switch (entry.what()) {
            case FAULT -> struck.merge(entry.get("fault"), 1L, Long::sum);
            case TICKET_CREATED -> tickets += pulled ? 1 : 0;
            case NOTE_CREATED -> notes += pulled ? 1 : 0;
            default -> {
            }
        }
    }

    synchronized Figures now() {
        return new Figures(Map.copyOf(struck), tickets, notes);
    }
}
