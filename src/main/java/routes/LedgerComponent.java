package routes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import ledger.Announcer;
import ledger.Change;
import ledger.Ledger;
import ledger.Order;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code ledger:}, the order system's side of every arrow.
 *
 * <p>{@code from: ledger:paid} starts an arrow when orders have become paid, after the commit, many orders at a time
 * (the body is a list of {@link Order}). {@code to: ledger:made} tells the ledger what a message or an answer says; see
 * {@link Fact} for what can be told.
 */
final class LedgerComponent extends DefaultComponent implements Announcer {

    private final Supplier<Ledger> ledger;
    private final Inbox inbox;
    private final ArrowFigures figures;
    private final Set<LedgerConsumer> listeners = new CopyOnWriteArraySet<>();

    /** @param ledger only asked for once messages flow, as the ledger announces to this component */
    LedgerComponent(Supplier<Ledger> ledger, Inbox inbox, ArrowFigures figures) {
        this.ledger = ledger;
        this.inbox = inbox;
        this.figures = figures;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LedgerEndpoint endpoint = new LedgerEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    static List<Change> changes(String names) {
        return Arrays.stream(names.split(",")).map(name -> Arrays.stream(Change.values())
                .filter(change -> change.id().equals(name.trim())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the ledger announces no '" + name + "', only "
                        + Arrays.stream(Change.values()).map(Change::id).toList()))).toList();
    }

    @Override
    public void announce(Change change, List<Order> orders) {
        listeners.forEach(listener -> listener.announced(change, orders));
    }

    void listen(LedgerConsumer consumer) {
        listeners.add(consumer);
    }

    void leave(LedgerConsumer consumer) {
        listeners.remove(consumer);
    }

    Ledger ledger() {
        return ledger.get();
    }

    Inbox inbox() {
        return inbox;
    }

    ArrowFigures figures() {
        return figures;
    }
}
