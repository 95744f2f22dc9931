package routes.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.Claim;
import ledger.Step;
import ledger.Way;
import ledger.WorkQueue;
import ledger.order.Order;
import ledger.order.Outcome;
import lifecycle.Vital;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.call.Answer;
import routes.call.CallEndpoint;
import routes.call.NoAnswerException;
import routes.commit.BatchPolicy;
import routes.commit.CommitRejected;
import routes.commit.DatabaseOutage;
import routes.commit.EventApplier;
import routes.commit.GroupCommit;
import routes.commit.Halving;

/**
 * Compares what should have happened with what did, and starts its arrow for the difference.
 *
 * <p>What it has claimed and doesn't conclude, as the power goes, is due again when the lease ends. A neighbour that
 * doesn't answer is left alone until the next tick, so that a long outage uses up one batch's attempts and not all; where
 * calls are of one store each, a store that fails keeps the others waiting no longer than its own call. What the open circuit
 * of an address kept from being asked at all is given back, as if it had not been claimed. What is of a store that failed,
 * asked or not, goes behind all that waits.
 */
final class PullConsumer extends DefaultConsumer implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(PullConsumer.class);

    /** Calls at once. */
    private static final int CALLERS = 8;

    /** Of its interval, and of time: a machine may be busy for a while. */
    private static final int MOST_TICKS_MISSED = 5;
    private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(5);

    /** How a call that is over is concluded with others. */
    private static final BatchPolicy POLICY = new BatchPolicy(CALLERS, Duration.ofMillis(2));

    /** A route gives up by itself sooner than this; and when the lease ends, others may ask. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

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

    /** A claim, or the part of it that goes into one call. */
    private final class Call implements Callable<Boolean> {

        private final Claim claim;
        private int splits = SPLITS;
        private boolean answered;
        private volatile boolean begun;
        private volatile boolean givenUp;

        Call(Claim claim) {
            this.claim = claim;
        }

        /** @return whether the neighbour was there */
        @Override
        public Boolean call() {
            begun = true;
            Halving.of(claim.orders(), orders -> failsForOne(this, claim.of(orders)));
            return answered;
        }
    }

    private final PullEndpoint endpoint;
    /** Ticks that have come and are not worked off. */
    private final AtomicInteger waiting = new AtomicInteger();
    private WorkQueue pending;
    private Endpoint ticks;
    private Consumer quartz;
    private ExecutorService worker;
    private ExecutorService callers;
    private GroupCommit<Concluded, List<String>> conclusions;
    private CountDownLatch stopped;
    /** How often {@link #ended} was asked since the last tick: seconds, without those in which the process stood still. */
    private final AtomicInteger askedSinceTick = new AtomicInteger();

    PullConsumer(PullEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        pending = endpoint.pending(getRouteId());
        waiting.set(0);
        askedSinceTick.set(0);
        stopped = new CountDownLatch(1);
        worker = endpoint.getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(this, "Pull-" + getRouteId());
        callers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, "Pull-" + getRouteId() + "-call", CALLERS);
        conclusions = new GroupCommit<>("Pull-" + getRouteId() + "-concludes", this::concludeAll, call -> 1,
                new GroupCommit.FailureClassifier<>(EventApplier::isTheMessagesFault, (failure, call) -> false));
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

    @Override
    public List<String> ended() {
        if (!isStarted()) {
            return List.of();
        }
        if (endpoint.getCron() == null) {
            Duration silence = endpoint.getEvery().multipliedBy(MOST_TICKS_MISSED);
            Duration longest = silence.compareTo(SHORTEST_SILENCE) > 0 ? silence : SHORTEST_SILENCE;
            if (askedSinceTick.incrementAndGet() > longest.toSeconds()) {
                return List.of("the schedule of " + getRouteId());
            }
        }
        return conclusions.ended();
    }

    /** One that comes while the last one's work still goes on is worked off right after it. */
    private void ticked() {
        askedSinceTick.set(0);
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
                pending.recall(endpoint.longestWait());
                pull();
            }
        } catch (RuntimeException | Error e) {
            // Also an Error, as when there is no memory for a moment: else no tick would be worked off any more.
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

    /** @return whether the neighbour was there */
    private boolean handOn(Claim claim) throws InterruptedException {
        List<Call> calls = groups(claim.orders()).stream().map(group -> new Call(claim.of(group))).toList();
        Duration wait = claim.left().compareTo(LONGEST) < 0 ? claim.left() : LONGEST;
        List<Call> unfinished = new ArrayList<>();
        boolean answered = false;
        List<Future<Boolean>> done = callers.invokeAll(calls, wait.toNanos(), TimeUnit.NANOSECONDS);
        for (int i = 0; i < calls.size(); i++) {
            try {
                answered |= done.get(i).get();
            } catch (CancellationException e) {
                unfinished.add(calls.get(i));
            } catch (ExecutionException e) {
                LOG.error("arrow={} what it has claimed is due again in {}", getRouteId(), endpoint.getLease(),
                        e.getCause());
            }
        }
        giveUp(unfinished);
        return answered;
    }

    /** What has no end is asked again after a pause, as if it had failed; what has not begun by then, as if it were unclaimed. */
    private void giveUp(List<Call> unfinished) {
        unfinished.forEach(call -> call.givenUp = true);
        List<Claim> unasked = unfinished.stream().filter(call -> !call.begun).map(call -> call.claim).toList();
        if (!unasked.isEmpty()) {
            pending.release(together(unasked), "there was no time to ask for it");
        }
        List<Claim> endless = unfinished.stream().filter(call -> call.begun).map(call -> call.claim).toList();
        if (!endless.isEmpty()) {
            Claim claim = together(endless);
            endpoint.hub().figures().outcome(getRouteId(), Outcome.FAILED, claim.orders().size());
            LOG.warn("arrow={} {} orders from {} on are given up for now, as their route did not end in time; they stay owed "
                    + "and are asked for again in {} to {}", getRouteId(), claim.orders().size(),
                    claim.orders().get(0).id(), endpoint.getBackoff(), endpoint.getBackoffMost());
            Map<String, String> causes = new HashMap<>();
            claim.orders().forEach(order -> causes.put(order.id(), "no answer: no end of it"));
            pending.settle(claim, causes, endpoint.pause());
        }
    }

    private Collection<List<Order>> groups(List<Order> orders) {
        if (!endpoint.isByStore()) {
            return List.of(orders);
        }
        Map<String, List<Order>> stores = new LinkedHashMap<>();
        orders.forEach(order -> stores.computeIfAbsent(order.content().storeId(), id -> new ArrayList<>()).add(order));
        return stores.values();
    }

    /**
     * @param claim all of the call's, or a part
     * @return whether the parts are to be asked for by themselves: one order that the neighbour, or the hub, can't take must
     *         not keep the others
     */
    private boolean failsForOne(Call call, Claim claim) {
        List<Order> orders = claim.orders();
        Exchange exchange = createExchange(false);
        try {
            PullContext pulled = PullContext.on(exchange, claim);
            exchange.setProperty(CallEndpoint.ORDERS, orders.size());
            if (endpoint.isByStore()) {
                exchange.setProperty(CallEndpoint.STORE, orders.get(0).content().storeId());
            }
            exchange.getMessage().setBody(orders);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            if (call.givenUp) {
                return false;
            }
            Exception failure = exchange.getException();
            if (isOfOneOrder(failure) && orders.size() > 1 && call.splits-- > 0) {
                return true;
            }
            if (isUnasked(failure)) {
                conclusions.write(new Concluded(claim, Map.of(), failure.getMessage()), POLICY);
            } else {
                conclude(claim, pulled, failure);
            }
            call.answered |= failure == null || endpoint.isByStore() && isOfOneStore(failure);
            return false;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** Rather than of the neighbour, the database, or the way into it as a whole. */
    private static boolean isOfOneOrder(Exception failure) {
        return failure instanceof NoAnswerException none ? none.because() == Answer.Because.CONTENT
                : failure != null && !(failure instanceof CommitRejected) && !DatabaseOutage.isOne(failure);
    }

    /** One store did not take it: those of the others are still to be asked for. */
    private static boolean isOfOneStore(Exception failure) {
        return failure instanceof NoAnswerException none
                && (none.because() == Answer.Because.STORE || none.because() == Answer.Because.CONTENT);
    }

    private static boolean isUnasked(Exception failure) {
        return failure instanceof NoAnswerException none && none.because() == Answer.Because.UNASKED;
    }

    private void conclude(Claim claim, PullContext pulled, Exception failure) {
        String otherwise = failure == null ? "nothing was said of it" : failure.getMessage();
        Map<String, String> causes = pulled.causes(claim.orders(), otherwise);
        List<String> owed = conclusions.write(new Concluded(claim, causes, null), POLICY);
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
            pending.release(together(claims(unasked)), unasked.get(0).unasked());
        }
        List<Concluded> asked = calls.stream().filter(call -> call.unasked() == null).toList();
        Map<String, String> causes = new HashMap<>();
        asked.forEach(call -> causes.putAll(call.causes()));
        Set<String> owed = asked.isEmpty() ? Set.of()
                : Set.copyOf(pending.settle(together(claims(asked)), causes, endpoint.pause()));
        return calls.stream()
                .map(call -> call.claim().orders().stream().map(Order::id).filter(owed::contains).toList()).toList();
    }

    private static List<Claim> claims(List<Concluded> calls) {
        return calls.stream().map(Concluded::claim).toList();
    }

    /** @param claims parts of one claim */
    private static Claim together(List<Claim> claims) {
        return claims.get(0).of(claims.stream().flatMap(claim -> claim.orders().stream()).toList());
    }
}
