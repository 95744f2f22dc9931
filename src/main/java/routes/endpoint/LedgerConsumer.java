package routes.endpoint;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.Step;
import ledger.Way;
import ledger.order.Change;
import ledger.order.Order;
import ledger.order.Outcome;
import lifecycle.Vital;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.call.CallEndpoint;
import routes.commit.BatchPolicy;
import routes.commit.Batcher;

/**
 * Starts an arrow for what the ledger announces: collects the announced orders and hands them on in batches, one batch at
 * a time, in the order of the announcements.
 *
 * <p>Best effort, after the commit: what doesn't fit into the queue, or is in it when the power goes, is still owed by
 * the order's row, and a pull finds it there.
 */
final class LedgerConsumer extends DefaultConsumer implements ShutdownAware, Vital {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    /** Orders that wait, at most: some seconds of a peak. */
    private static final int ROOM = 20_000;

    /** Set on the exchange by a step of the route that has written the orders' timeline already. */
    static final String RECORDED = "hub.recorded";

    private final LedgerComponent component;
    private final AnnouncementOptions options;
    private final List<Change> changes;
    private final BatchPolicy policy;
    private final AtomicBoolean full = new AtomicBoolean();
    /** A batch whose route never ends must not keep the next one, so that routes run on other threads than the batches. */
    private ExecutorService hands;
    /** Orders that wait or are in hand. */
    private final AtomicInteger pending = new AtomicInteger();
    private Batcher<Order> batches;

    LedgerConsumer(Endpoint endpoint, Processor processor, LedgerComponent component, AnnouncementOptions options,
                   List<Change> changes) {
        super(endpoint, processor);
        this.component = component;
        this.options = options;
        this.changes = changes;
        policy = options.policy();
    }

    void announced(Change change, List<Order> orders) {
        if (!changes.contains(change)) {
            return;
        }
        List<Order> wanted = orders.stream().filter(options::wants).toList();
        int left = 0;
        for (Order order : wanted) {
            pending.incrementAndGet();
            if (!batches.offer(order, policy)) {
                pending.decrementAndGet();
                left++;
            }
        }
        if (left > 0) {
            component.figures().outcome(getRouteId(), Outcome.FAILED, left);
            if (full.compareAndSet(false, true)) {
                LOG.warn("arrow={} can't keep up: {} orders wait; further ones are left to the pull", getRouteId(), ROOM);
            }
        } else if (full.get() && batches.waiting() < ROOM / 2) {
            full.set(false);
        }
    }

    /** Routes are made ready before the first of them starts, so that each hears all that is announced meanwhile. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        batches = new Batcher<>("Ledger-" + getRouteId(), ROOM, (began, ended) -> policy.linger().toNanos(), this::handOn);
        component.listen(this);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        component.listen(this);
        hands = getEndpoint().getCamelContext().getExecutorServiceManager()
                .newCachedThreadPool(this, "Ledger-" + getRouteId() + "-hand");
        batches.start();
    }

    @Override
    protected void doStop() throws Exception {
        component.leave(this);
        pending.addAndGet(-batches.abort().size());
        batches.stop();
        if (hands != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(hands);
        }
        super.doStop();
    }

    @Override
    public List<String> ended() {
        return isStarted() ? batches.ended() : List.of();
    }

    private void handOn(List<Order> orders) {
        try {
            handOrGiveUp(orders);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pending.addAndGet(-orders.size());
        }
    }

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
        // Orders that other routes announce while they finish go out, too.
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: the queue is worked off, and what is left is owed.
    }
}
