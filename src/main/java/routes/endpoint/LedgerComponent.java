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
import ledger.WorkQueues;
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
 * The Camel component {@code ledger:}, the order system's side of every arrow.
 *
 * <p>{@code from: ledger:paid} starts an arrow when orders have become paid, after the commit, many orders at a time
 * (the body is a list of {@link Order}). {@code to: ledger:made} tells the ledger what a message or an answer says; see
 * {@link EventMapping} for what can be told.
 */
public final class LedgerComponent extends DefaultComponent implements Announcer, Vital {

    /**
     * How long a route may take with a batch: all that it waits for ends sooner, a call after 30 s, repeated 5 times at
     * most.
     */
    private static final Duration LONGEST_PUSH = Duration.ofMinutes(5);

    private final Supplier<Ledger> ledger;
    private final WorkQueues queues;
    private final Duration longestPush;
    private final EventApplier applier;
    private final ArrowFigures figures;
    private final SentSteps sent;
    private final PartitionedCommit commits;
    private final Set<LedgerConsumer> listeners = new CopyOnWriteArraySet<>();
    /** By the ids of routes that are being exchanged: what was announced meanwhile. */
    private final Map<String, Queue<Announced>> held = new ConcurrentHashMap<>();

    private final ReadWriteLock exchanging = new ReentrantReadWriteLock();

    private record Announced(Change change, List<Order> orders) {
    }

    /** @param ledger asked for at the first message, as the ledger is made after this component, to which it announces */
    public LedgerComponent(Supplier<Ledger> ledger, WorkQueues queues, EventApplier applier, ArrowFigures figures) {
        this(ledger, queues, applier, figures, LONGEST_PUSH);
    }

    /** @param longestPush how long a route may take with a batch before it is given up */
    LedgerComponent(Supplier<Ledger> ledger, WorkQueues queues, EventApplier applier, ArrowFigures figures,
                    Duration longestPush) {
        this.ledger = ledger;
        this.queues = queues;
        this.longestPush = longestPush;
        this.applier = applier;
        this.figures = figures;
        commits = PartitionedCommit.into(applier);
        sent = new SentSteps(steps -> ledger.get().record(steps));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sent.start();
        commits.start();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            commits.stop();
        } finally {
            sent.stop();
        }
        super.doStop();
    }

    @Override
    public List<String> ended() {
        return Stream.of(commits, sent).flatMap(vital -> vital.ended().stream()).toList();
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
        // A read lock: announcements don't wait for each other, while hold and release wait for those that are under way, so
        // that a route hears each announcement once.
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
     * Keeps from a route what is announced, so that the route comes to its end; {@link #release} gives it to the route that
     * takes its place. Memory grows with what is announced meanwhile.
     */
    public void hold(String routeId) {
        exchanging.writeLock().lock();
        try {
            held.putIfAbsent(routeId, new ConcurrentLinkedQueue<>());
        } finally {
            exchanging.writeLock().unlock();
        }
    }

    /** Gives the route that now has the id what was kept for it. If there is none, the pull finds the orders. */
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

    WorkQueues queues() {
        return queues;
    }

    Duration longestPush() {
        return longestPush;
    }

    EventApplier applier() {
        return applier;
    }

    PartitionedCommit commits() {
        return commits;
    }

    SentSteps sent() {
        return sent;
    }

    ArrowFigures figures() {
        return figures;
    }
}
