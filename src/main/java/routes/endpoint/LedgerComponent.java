package routes.endpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ledger.Announcer;
import ledger.Ledger;
import ledger.order.Change;
import ledger.order.Order;
import lifecycle.Vital;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import routes.commit.EventApplier;
import routes.commit.PartitionedCommit;
import routes.figures.ArrowFigures;
import routes.message.EventMapping;

/**
 * {@code ledger:}, the order system's side of every arrow.
 *
 * <p>{@code from: ledger:paid} starts an arrow when orders have become paid, after the commit, many orders at a time
 * (the body is a list of {@link Order}). {@code to: ledger:made} tells the ledger what a message or an answer says; see
 * {@link EventMapping} for what can be told.
 */
public final class LedgerComponent extends DefaultComponent implements Announcer, Vital {

    /** All that a route waits for ends sooner: a call after 30 s, repeated five times at most. */
    private static final Duration LONGEST_PUSH = Duration.ofMinutes(5);

    private final Supplier<Ledger> ledger;
    private final Duration longestPush;
    private final EventApplier inbox;
    private final ArrowFigures figures;
    private final SentSteps sent;
    private final PartitionedCommit lanes;
    private final Set<LedgerConsumer> listeners = new CopyOnWriteArraySet<>();
    /** Of routes that are being exchanged, by id: what was announced meanwhile. */
    private final Map<String, Queue<Announced>> held = new ConcurrentHashMap<>();

    private final ReadWriteLock exchanging = new ReentrantReadWriteLock();

    private record Announced(Change change, List<Order> orders) {
    }

    /** @param ledger only asked for once messages flow, as the ledger announces to this component */
    public LedgerComponent(Supplier<Ledger> ledger, EventApplier inbox, ArrowFigures figures) {
        this(ledger, inbox, figures, LONGEST_PUSH);
    }

    /** @param longestPush how long a route may take with a batch before it is given up */
    LedgerComponent(Supplier<Ledger> ledger, EventApplier inbox, ArrowFigures figures, Duration longestPush) {
        this.ledger = ledger;
        this.longestPush = longestPush;
        this.inbox = inbox;
        this.figures = figures;
        lanes = PartitionedCommit.into(inbox);
        sent = new SentSteps(steps -> ledger.get().record(steps));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sent.start();
        lanes.start();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            lanes.stop();
        } finally {
            sent.stop();
        }
        super.doStop();
    }

    @Override
    public List<String> ended() {
        return Stream.of(lanes, sent).flatMap(vital -> vital.ended().stream()).toList();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        AnnouncementOptions announcement = bound(new AnnouncementOptions(), parameters);
        EventOptions event = bound(new EventOptions(), parameters);
        if (announcement != null || event != null) {
            parameters.clear();
        }
        return new LedgerEndpoint(uri, this, remaining, announcement, event);
    }

    /**
     * @return null when it lacks an option that is given
     * @throws IllegalArgumentException when an option has a value that it must not have
     */
    private <T> T bound(T options, Map<String, Object> parameters) throws Exception {
        Map<String, Object> left = new HashMap<>(parameters);
        setProperties(getCamelContext(), options, left);
        return left.isEmpty() ? options : null;
    }

    static List<Change> changes(String names) {
        return Arrays.stream(names.split(",")).map(name -> Arrays.stream(Change.values())
                .filter(change -> change.id().equals(name.trim())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the ledger announces no '" + name + "', only "
                        + Arrays.stream(Change.values()).map(Change::id).toList()))).toList();
    }

    @Override
    public void announce(Change change, List<Order> orders) {
        // So that each hears it once: whoever holds or releases waits for this, and this for no one else.
        exchanging.readLock().lock();
        try {
            held.values().forEach(waiting -> waiting.add(new Announced(change, orders)));
            listeners.stream().filter(listener -> !held.containsKey(listener.getRouteId()))
                    .forEach(listener -> listener.announced(change, orders));
        } finally {
            exchanging.readLock().unlock();
        }
    }

    /**
     * From now on a route hears nothing, so that it comes to its end, and what it would have heard is kept for the one
     * that takes its place. Ends with {@link #release}; meanwhile memory grows with what is announced.
     */
    public void hold(String routeId) {
        exchanging.writeLock().lock();
        try {
            held.putIfAbsent(routeId, new ConcurrentLinkedQueue<>());
        } finally {
            exchanging.writeLock().unlock();
        }
    }

    /** Whoever listens for the route now hears what was kept for it; if nobody does, the pull finds it. */
    public void release(String routeId) {
        exchanging.writeLock().lock();
        try {
            Queue<Announced> waiting = held.remove(routeId);
            if (waiting != null) {
                waiting.forEach(each -> listeners.stream().filter(listener -> routeId.equals(listener.getRouteId()))
                        .forEach(listener -> listener.announced(each.change(), each.orders())));
            }
        } finally {
            exchanging.writeLock().unlock();
        }
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

    Duration longestPush() {
        return longestPush;
    }

    EventApplier inbox() {
        return inbox;
    }

    PartitionedCommit lanes() {
        return lanes;
    }

    SentSteps sent() {
        return sent;
    }

    ArrowFigures figures() {
        return figures;
    }
}
