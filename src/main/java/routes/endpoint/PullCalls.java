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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import ledger.Claim;
import ledger.Step;
import ledger.Way;
import ledger.WorkQueue;
import ledger.order.Order;
import ledger.order.Outcome;
import lifecycle.Vital;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceSupport;
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
 * Hands what a pull has claimed to its route, by one call or by one of each store, and settles or releases it in the queue.
 *
 * <p>Where calls are of one store each, a store that fails keeps the others waiting no longer than its own call. Orders that
 * the open circuit of an address kept from being asked at all are released, as if they had not been claimed. Orders of a
 * store that failed, asked for or not, go behind all that wait.
 */
final class PullCalls extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(PullCalls.class);

    /** Calls at once. */
    private static final int CALLERS = 8;

    /** How a call that is over is settled with others. */
    private static final BatchPolicy POLICY = new BatchPolicy(CALLERS, Duration.ofMillis(2));

    /** A route gives up by itself sooner than this; and when the lease ends, others may ask. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Enough to find three orders among a thousand; a neighbour that takes none at all is not asked for each of them. */
    private static final int SPLITS = 30;

    /**
     * A call that is over.
     *
     * @param causes  why each of its orders is still owed, should it be
     * @param unasked why the neighbour was not asked for them; null when it was
     */
    private record Over(Claim claim, Map<String, String> causes, String unasked) {
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
    private final DefaultConsumer consumer;
    private final WorkQueue queue;
    private final String arrow;
    private final GroupCommit<Over, List<String>> conclusions;
    private ExecutorService callers;

    /** @param consumer of the route that orders are handed to */
    PullCalls(PullEndpoint endpoint, DefaultConsumer consumer, WorkQueue queue) {
        this.endpoint = endpoint;
        this.consumer = consumer;
        this.queue = queue;
        arrow = consumer.getRouteId();
        conclusions = new GroupCommit<>("Pull-" + arrow + "-concludes", this::concludeAll, call -> 1,
                new GroupCommit.FailureClassifier<>(EventApplier::isTheMessagesFault, (failure, call) -> false));
    }

    @Override
    protected void doStart() {
        callers = endpoint.getCamelContext().getExecutorServiceManager()
                .newFixedThreadPool(this, "Pull-" + arrow + "-call", CALLERS);
        conclusions.start();
    }

    @Override
    protected void doStop() {
        endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(callers);
        conclusions.stop();
    }

    @Override
    public List<String> ended() {
        return conclusions.ended();
    }

    /** Returns when all calls are over or given up. @return whether the neighbour was there */
    boolean handOn(Claim claim) throws InterruptedException {
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
                LOG.error("arrow={} what it has claimed is due again in {}", arrow, endpoint.getLease(), e.getCause());
            }
        }
        giveUp(unfinished);
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

    /** A call that does not end is repeated after a pause, as if it had failed; one that has not begun is released. */
    private void giveUp(List<Call> unfinished) {
        unfinished.forEach(call -> call.givenUp = true);
        List<Claim> unasked = unfinished.stream().filter(call -> !call.begun).map(call -> call.claim).toList();
        if (!unasked.isEmpty()) {
            queue.release(together(unasked), "there was no time to ask for it");
        }
        List<Claim> endless = unfinished.stream().filter(call -> call.begun).map(call -> call.claim).toList();
        if (!endless.isEmpty()) {
            Claim claim = together(endless);
            endpoint.hub().figures().outcome(arrow, Outcome.FAILED, claim.orders().size());
            LOG.warn("arrow={} {} orders from {} on are given up for now, as their route did not end in time; they stay owed "
                    + "and are asked for again in {} to {}", arrow, claim.orders().size(), claim.orders().get(0).id(),
                    endpoint.getBackoff(), endpoint.getBackoffMost());
            Map<String, String> causes = new HashMap<>();
            claim.orders().forEach(order -> causes.put(order.id(), "no answer: no end of it"));
            queue.settle(claim, causes, endpoint.pause());
        }
    }

    /**
     * @param claim all of the call's, or a part
     * @return whether the parts are to be asked for by themselves: one order that the neighbour, or the hub, can't take must
     *         not keep the others
     */
    private boolean failsForOne(Call call, Claim claim) {
        List<Order> orders = claim.orders();
        Exchange exchange = consumer.createExchange(false);
        try {
            PullContext context = PullContext.on(exchange, claim);
            exchange.setProperty(CallEndpoint.ORDERS, orders.size());
            if (endpoint.isByStore()) {
                exchange.setProperty(CallEndpoint.STORE, orders.get(0).content().storeId());
            }
            exchange.getMessage().setBody(orders);
            try {
                consumer.getProcessor().process(exchange);
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
                conclusions.write(new Over(claim, Map.of(), failure.getMessage()), POLICY);
            } else {
                conclude(claim, context, failure);
            }
            call.answered |= failure == null || endpoint.isByStore() && isOfOneStore(failure);
            return false;
        } finally {
            consumer.releaseExchange(exchange, false);
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

    private void conclude(Claim claim, PullContext context, Exception failure) {
        String otherwise = failure == null ? "nothing was said of it" : failure.getMessage();
        Map<String, String> causes = context.causes(claim.orders(), otherwise);
        List<String> owed = conclusions.write(new Over(claim, causes, null), POLICY);
        if (failure == null) {
            endpoint.hub().figures().messages(arrow, Way.PULL, claim.orders().size());
        } else {
            endpoint.hub().figures().outcome(arrow, Outcome.FAILED, claim.orders().size());
            LOG.warn("arrow={} {} orders from {} on are still owed: {}; asked again in {} to {}", arrow,
                    claim.orders().size(), claim.orders().get(0).id(), otherwise, endpoint.getBackoff(),
                    endpoint.getBackoffMost());
        }
        List<Step> steps = owed.stream().filter(id -> !context.heardOf(id))
                .map(id -> new Step(id, arrow, Way.PULL, Outcome.FAILED, causes.get(id))).toList();
        if (!steps.isEmpty()) {
            endpoint.hub().ledger().record(steps);
        }
    }

    /** The calls are parts of one claim: the next one is taken when these are over. */
    private List<List<String>> concludeAll(List<Over> calls) {
        List<Over> unasked = calls.stream().filter(call -> call.unasked() != null).toList();
        if (!unasked.isEmpty()) {
            queue.release(together(claims(unasked)), unasked.get(0).unasked());
        }
        List<Over> asked = calls.stream().filter(call -> call.unasked() == null).toList();
        Map<String, String> causes = new HashMap<>();
        asked.forEach(call -> causes.putAll(call.causes()));
        Set<String> owed = asked.isEmpty() ? Set.of()
                : Set.copyOf(queue.settle(together(claims(asked)), causes, endpoint.pause()));
        return calls.stream()
                .map(call -> call.claim().orders().stream().map(Order::id).filter(owed::contains).toList()).toList();
    }

    private static List<Claim> claims(List<Over> calls) {
        return calls.stream().map(Over::claim).toList();
    }

    /** @param claims parts of one claim */
    private static Claim together(List<Claim> claims) {
        return claims.get(0).of(claims.stream().flatMap(claim -> claim.orders().stream()).toList());
    }
}
