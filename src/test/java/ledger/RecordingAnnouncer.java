package ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import ledger.order.Change;
import ledger.order.Order;

/** Writes down what the ledger announces, and whether others could see it in the database by then. */
final class RecordingAnnouncer implements Announcer {

    private record Heard(Change change, Order order, boolean committed) {
    }

    private final Function<String, Long> committedVersion;
    private final List<Heard> heard = new ArrayList<>();
    private boolean checking;

    RecordingAnnouncer(Function<String, Long> committedVersion) {
        this.committedVersion = committedVersion;
    }

    @Override
    public synchronized void announce(Change change, List<Order> orders) {
        for (Order order : orders) {
            Long version = checking ? committedVersion.apply(order.id()) : Long.valueOf(order.version());
            heard.add(new Heard(change, order, version != null && version >= order.version()));
        }
    }

    synchronized void clear() {
        heard.clear();
        checking = false;
    }

    /** From now on, looks into the database at each announcement. */
    synchronized void checkCommits() {
        checking = true;
    }

    synchronized boolean allWereCommitted() {
        return heard.stream().allMatch(Heard::committed);
    }

    synchronized List<Change> of(String orderId) {
        return heard.stream().filter(h -> h.order().id().equals(orderId)).map(Heard::change).toList();
    }
}
