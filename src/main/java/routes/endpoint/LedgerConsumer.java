package routes.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import ledger.Step;
import ledger.Way;
import ledger.order.Change;
import ledger.order.Order;
import ledger.order.Outcome;
import lifecycle.Vital;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.call.CallEndpoint;

/**
 * Starts an arrow for what the ledger announces: collects the announced orders and hands them on in batches, one batch at
 * a time, in the order of the announcements.
 *
 * <p>Best effort, after the commit: what doesn't fit into the queue, or is in it when the power goes, is still owed by
 * the order's row, and a pull finds it there.
 */
final class LedgerConsumer extends DefaultConsumer implements ShutdownAware, Vital {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    /** Some seconds of a peak, and no more memory than that. */
    private static final int ROOM = 20_000;

    private static final Duration SHORTEST_COMPANY = Duration.ofMillis(10);

    /** Set on the exchange by whoever wrote the orders' timeline already. */
    static final String RECORDED = "hub.recorded";

    private record Waiting(Order order, long due, long number) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Waiting that = (Waiting) other;
            return due == that.due ? Long.compare(number, that.number) : Long.compare(due - that.due, 0);
        }
    }

    private final LedgerEndpoint endpoint;
    private final LedgerComponent component;
    private final List<Change> changes;
    private final DelayQueue<Waiting> queue = new DelayQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private ExecutorService worker;
    private volatile Future<?> work;
    /** One that has no end must not keep the worker. */
    private ExecutorService hands;
    /** In the queue or in hand. */
    private final AtomicInteger pending = new AtomicInteger();

    LedgerConsumer(LedgerEndpoint endpoint, Processor processor, LedgerComponent component, List<Change> changes) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.component = component;
        this.changes = changes;
    }

    void announced(Change change, List<Order> orders) {
        if (!changes.contains(change)) {
            return;
        }
        long due = System.nanoTime() + endpoint.getAfter().toNanos();
        List<Order> wanted = orders.stream().filter(endpoint::wants).toList();
        int room = Math.min(wanted.size(), Math.max(0, ROOM - queue.size()));
        pending.addAndGet(room);
        for (Order order : wanted.subList(0, room)) {
            queue.add(new Waiting(order, due, numbers.getAndIncrement()));
        }
        int left = wanted.size() - room;
        if (left > 0) {
            component.figures().outcome(getRouteId(), Outcome.FAILED, left);
            if (full.compareAndSet(false, true)) {
                LOG.warn("arrow={} can't keep up: {} orders wait; further ones are left to the pull", getRouteId(), ROOM);
            }
        } else if (full.get() && queue.size() < ROOM / 2) {
            full.set(false);
        }
    }

    /** Routes are made ready before the first of them starts, so that nothing is announced to nobody meanwhile. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        component.listen(this);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        component.listen(this);
        worker = endpoint.getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(this, "Ledger-" + getRouteId());
        hands = endpoint.getCamelContext().getExecutorServiceManager()
                .newCachedThreadPool(this, "Ledger-" + getRouteId() + "-hand");
        work = worker.submit(this::work);
    }

    @Override
    protected void doStop() throws Exception {
        component.leave(this);
        if (worker != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(worker);
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(hands);
        }
        super.doStop();
    }

    @Override
    public List<String> ended() {
        return isStarted() && work.isDone() ? List.of("Ledger-" + getRouteId()) : List.of();
    }

    private void work() {
        while (isRunAllowed() && !Thread.currentThread().isInterrupted()) {
            try {
                List<Order> orders = nextBatch();
                try {
                    if (!orders.isEmpty()) {
                        handOrGiveUp(orders);
                    }
                } finally {
                    pending.addAndGet(-orders.size());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                // As when there is no memory for the list of what is next: nothing else would start this again.
                LOG.error("arrow={} goes on with the next orders: {}", getRouteId(), e.toString());
            }
        }
    }

    private List<Order> nextBatch() throws InterruptedException {
        Waiting next = queue.poll(200, TimeUnit.MILLISECONDS);
        List<Order> orders = new ArrayList<>();
        if (next != null && endpoint.orders() > 1) {
            // A batch costs about the same whether it is of one or of many.
            LockSupport.parkNanos(company().toNanos());
        }
        while (next != null) {
            orders.add(next.order());
            next = orders.size() < endpoint.orders() ? queue.poll() : null;
        }
        return orders;
    }

    /** How long the first of a batch waits for others: an arrow that takes its time anyway takes a tenth more. */
    private Duration company() {
        Duration more = endpoint.getAfter().dividedBy(10);
        return more.compareTo(SHORTEST_COMPANY) > 0 ? more : SHORTEST_COMPANY;
    }

    /** Whatever goes wrong with one batch, the arrow goes on with the next: nothing else would start it again. */
    private void handOrGiveUp(List<Order> orders) throws InterruptedException {
        Future<Exchange> handed = hands.submit(() -> hand(orders));
        try {
            Exchange exchange = handed.get(component.longestPush().toMillis(), TimeUnit.MILLISECONDS);
            conclude(exchange, orders);
            releaseExchange(exchange, false);
        } catch (TimeoutException e) {
            component.figures().outcome(getRouteId(), Outcome.FAILED, orders.size());
            LOG.warn("arrow={} {} orders from {} on are given up for now, as their route did not end within {}; they stay owed",
                    getRouteId(), orders.size(), orders.get(0).id(), component.longestPush());
        } catch (ExecutionException | RuntimeException | Error e) {
            component.figures().outcome(getRouteId(), Outcome.FAILED, orders.size());
            LOG.error("arrow={} {} orders from {} on may not have gone out; they stay owed", getRouteId(),
                    orders.size(), orders.get(0).id(), e instanceof ExecutionException ? e.getCause() : e);
        } finally {
            handed.cancel(true);
        }
    }

    private Exchange hand(List<Order> orders) {
        Exchange exchange = createExchange(false);
        exchange.setProperty(CallEndpoint.ORDERS, orders.size());
        exchange.getMessage().setBody(orders);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return exchange;
    }

    private void conclude(Exchange exchange, List<Order> orders) {
        Exception failure = exchange.getException();
        String arrow = getRouteId();
        if (failure == null) {
            component.figures().messages(arrow, Way.PUSH, orders.size());
        } else {
            component.figures().outcome(arrow, Outcome.FAILED, orders.size());
            LOG.warn("arrow={} {} orders from {} on did not go out: {}; they stay owed", arrow, orders.size(),
                    orders.get(0).id(), failure.toString());
        }
        if (failure == null && exchange.getProperty(RECORDED, false, Boolean.class)) {
            return;
        }
        Outcome outcome = failure == null ? Outcome.SENT : Outcome.FAILED;
        String detail = failure == null ? null : failure.getMessage();
        component.sent().add(orders.stream()
                .map(order -> new Step(order.id(), arrow, Way.PUSH, outcome, detail)).toList());
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        // What other routes still announce while they finish is to go out too.
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: the queue empties itself, and what it can't is owed.
    }
}
