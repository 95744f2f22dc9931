package simulators.panel;

import java.util.Map;
import java.util.TreeMap;
import simulators.journal.Entry;
import simulators.wire.Via;

/** What the journals say of the breaking and of the mending. */
public final class FaultsAndRepairs {

    private final Map<String, Long> struck = new TreeMap<>();
    private long tickets;
    private long notes;

    /**
     * @param struck  how often each fault has struck
     * @param tickets that were made because a pull brought the order
     * @param notes   the same, of dispatch
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
