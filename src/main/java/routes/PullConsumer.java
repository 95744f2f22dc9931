package routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.Claim;
import ledger.Order;
import ledger.Outcome;
import ledger.Pending;
import ledger.Step;
import ledger.Way;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what should have happened with what did, and starts its arrow for the difference.
 *
 * <p>What it has claimed and doesn't conclude, as the power goes, is due again when the lease ends. A neighbour that
 * doesn't answer is left alone until the next tick, so that a long outage uses up one batch's attempts and not all. What
 * an open circuit kept from being asked at all is given back, as if it had not been claimed.
 */
final class PullConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(PullConsumer.class);

    /** Calls at once. */
    private static final int CALLERS = 8;

    /** How a call that is over is concluded with others. */
    private static final Gathering.Terms TERMS = new Gathering.Terms(CALLERS, Duration.ofMillis(2));

    /** Enough to find three orders among a thousand; a neighbour that takes none at all is not asked for each of them. */
    private static final int SPLITS = 30;

    /**
     * One call's.
     *
     * @param causes  why each of its orders is still owed, should it be
     * @param unasked why nobody was asked for them; null when someone was
     */
    private record Concluded(Claim claim, Map<String, String> causes, String unasked) {
    }

    private final PullEndpoint endpoint;
    /** Ticks that have come and are not worked off. */
    private final AtomicInteger waiting = new AtomicInteger();
    private Pending pending;
    private Endpoint ticks;
    private Consumer quartz;
    private ExecutorService worker;
    private ExecutorService callers;
    private Gathering<Concluded, List<String>> conclusions;
    private CountDownLatch stopped;

    PullConsumer(PullEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        pending = endpoint.pending(getRouteId());
        waiting.set(0);
        stopped = new CountDownLatch(1);
        worker = endpoint.getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(this, "Pull-" + getRouteId());
        callers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, "Pull-" + getRouteId() + "-call", CALLERS);
        conclusions = new Gathering<>("Pull-" + getRouteId() + "-concludes", this::concludeAll);
        conclusions.start();
        ticks = endpoint.startTicking();
        quartz = ticks.createConsumer(tick -> ticked());
        ServiceHelper.startService(quartz);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopAndShutdownService(quartz);
        endpoint.stopTicking(ticks);
        stopped.countDown();
        endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(worker, 5_000);
        endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(callers);
        conclusions.stop();
        super.doStop();
    }

    /** One that comes while the last one's work still goes on is worked off right after it. */
    private void ticked() {
        if (waiting.getAndIncrement() == 0) {
            worker.execute(() -> {
                int seen;
                do {
                    seen = waiting.get();
                    pullIfOurs();
                } while (!waiting.compareAndSet(seen, 0));
            });
        }
    }

    private void pullIfOurs() {
        try {
            // Nearly the interval, as no two ticks are exactly that far apart.
            Duration apart = endpoint.getCron() != null ? Duration.ofMillis(500)
                    : endpoint.getEvery().multipliedBy(9).dividedBy(10);
            if (endpoint.hub().ledger().takeTick(getRouteId(), apart)) {
                pull();
            }
        } catch (RuntimeException | Error e) {
            // An error that left here would leave "waiting" above zero, and no later tick would pull any more.
            LOG.warn("arrow={} could not pull; the next tick tries again: {}", getRouteId(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pull() throws InterruptedException {
        long begun = System.nanoTime();
        long most = endpoint.getCron() != null ? Long.MAX_VALUE
                : Math.max(1, endpoint.ratePerSecond() * endpoint.getEvery().toMillis() / 1_000);
        long looked = 0;
        boolean more = true;
        while (more && looked < most && stopped.getCount() > 0) {
            int room = (int) Math.min(endpoint.getBatch(), most - looked);
            Claim claim = pending.claim(room, endpoint.getLease());
            looked += claim.looked();
            boolean answered = claim.orders().isEmpty() || handOn(claim);
            more = answered && claim.looked() == room && looked < most && !paceEnds(begun, looked);
        }
    }

    /** Waits until so many orders may have been looked at. @return whether the hub stops meanwhile */
    private boolean paceEnds(long begun, long looked) throws InterruptedException {
        long due = looked * 1_000_000_000L / endpoint.ratePerSecond();
        return stopped.await(due - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
    }

    /** @return whether anyone took what it was asked for */
    private boolean handOn(Claim claim) throws InterruptedException {
        List<Callable<Boolean>> calls = new ArrayList<>();
        groups(claim.orders()).forEach(group -> calls.add(() -> hand(claim.of(group), new AtomicInteger(SPLITS))));
        boolean answered = false;
        for (Future<Boolean> call : callers.invokeAll(calls)) {
            try {
                answered |= call.get();
            } catch (ExecutionException e) {
                LOG.error("arrow={} what it has claimed is due again in {}", getRouteId(), endpoint.getLease(),
                        e.getCause());
            }
        }
        return answered;
    }

    private Collection<List<Order>> groups(List<Order> orders) {
        if (!endpoint.isByStore()) {
            return List.of(orders);
        }
        Map<String, List<Order>> stores = new LinkedHashMap<>();
        orders.forEach(order -> stores.computeIfAbsent(order.content().storeId(), id -> new ArrayList<>()).add(order));
        return stores.values();
    }

    /** @param splits how often the orders may still be parted, should the neighbour not take them together */
    private boolean hand(Claim claim, AtomicInteger splits) {
        List<Order> orders = claim.orders();
        Exchange exchange = createExchange(false);
        try {
            Pulled pulled = Pulled.on(exchange, claim);
            exchange.getMessage().setBody(orders);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            Exception failure = exchange.getException();
            if (isOfOneOrder(failure) && orders.size() > 1 && splits.getAndDecrement() > 0) {
                // One order that the neighbour, or we, choke on must not keep the others.
                int half = orders.size() / 2;
                return hand(claim.of(orders.subList(0, half)), splits)
                        | hand(claim.of(orders.subList(half, orders.size())), splits);
            }
            if (isUnasked(failure)) {
                conclusions.write(new Concluded(claim, Map.of(), failure.getMessage()), TERMS);
            } else {
                conclude(claim, pulled, failure);
            }
            return failure == null;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** Rather than of the neighbour, the database, or the way into it as a whole. */
    private static boolean isOfOneOrder(Exception failure) {
        return failure instanceof NoAnswerException none ? none.because() == Answer.Because.CONTENT
                : failure != null && !(failure instanceof Problem) && !Outage.isOne(failure);
    }

    private static boolean isUnasked(Exception failure) {
        return failure instanceof NoAnswerException none && none.because() == Answer.Because.UNASKED;
    }

    private void conclude(Claim claim, Pulled pulled, Exception failure) {
        String otherwise = failure == null ? "nothing was said of it" : failure.getMessage();
        Map<String, String> causes = pulled.causes(claim.orders(), otherwise);
        List<String> owed = conclusions.write(new Concluded(claim, causes, null), TERMS);
        if (failure == null) {
            endpoint.hub().figures().messages(getRouteId(), Way.PULL, claim.orders().size());
        } else {
            endpoint.hub().figures().outcome(getRouteId(), Outcome.FAILED, claim.orders().size());
            LOG.warn("arrow={} {} orders from {} on are still owed: {}; asked again in {} to {}", getRouteId(),
                    claim.orders().size(), claim.orders().get(0).id(), otherwise, endpoint.getBackoff(),
                    endpoint.getBackoffMost());
        }
        List<Step> steps = owed.stream().filter(id -> !pulled.heardOf(id))
                .map(id -> new Step(id, getRouteId(), Way.PULL, Outcome.FAILED, causes.get(id))).toList();
        if (!steps.isEmpty()) {
            endpoint.hub().ledger().record(steps);
        }
    }

    /** Of one claim, all of them: the next one is taken when this one's calls are over. */
    private List<List<String>> concludeAll(List<Concluded> calls) {
        List<Concluded> unasked = calls.stream().filter(call -> call.unasked() != null).toList();
        if (!unasked.isEmpty()) {
            pending.giveBack(together(unasked), unasked.get(0).unasked());
        }
        List<Concluded> asked = calls.stream().filter(call -> call.unasked() == null).toList();
        Map<String, String> causes = new HashMap<>();
        asked.forEach(call -> causes.putAll(call.causes()));
        Set<String> owed = asked.isEmpty() ? Set.of()
                : Set.copyOf(pending.conclude(together(asked), causes, endpoint.pause()));
        return calls.stream()
                .map(call -> call.claim().orders().stream().map(Order::id).filter(owed::contains).toList()).toList();
    }

    private static Claim together(List<Concluded> calls) {
        return calls.get(0).claim().of(calls.stream().flatMap(call -> call.claim().orders().stream()).toList());
    }
}
