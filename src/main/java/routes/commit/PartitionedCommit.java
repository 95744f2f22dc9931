package routes.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import ledger.Arrival;
import ledger.OrdersHeld;
import ledger.Result;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The way of all arrows into the ledger: a few lanes, in each of which one transaction follows the other, with what has come
 * meanwhile. An order always goes by the same lane. So no two of these transactions wait for each other's orders, and the more
 * comes at a time, the less each of it costs.
 */
public final class PartitionedCommit extends ServiceSupport implements Vital {

    /** Two, so that one computes while the other one's commit reaches the disk; more where there are more processors. */
    private static final int FEWEST = 2;
    /** Half of the hub's connections to the database: pages and pulls need some, too. */
    private static final int MOST = 8;

    private static final GroupCommit.FailureClassifier<List<Arrival>> FAILURES = new GroupCommit.FailureClassifier<>(
            EventApplier::isTheMessagesFault, (failure, arrivals) -> failure instanceof OrdersHeld held
            && arrivals.stream().anyMatch(arrival -> held.ids().contains(arrival.event().orderId())));

    private final List<GroupCommit<List<Arrival>, List<Result>>> lanes;
    private final LockedOrders heldOrders;

    public static PartitionedCommit into(EventApplier inbox) {
        int processors = Runtime.getRuntime().availableProcessors();
        // Asked for once messages flow: a rehearsal has none, and sends none.
        return new PartitionedCommit(Math.max(FEWEST, Math.min(MOST, processors)), messages -> inbox.applyAll(messages),
                orderIds -> inbox.held(orderIds));
    }

    /**
     * @param apply returns when it is committed, with each message's own results
     * @param held  those of the orders that another session of the database has locked
     */
    PartitionedCommit(int number, Function<List<List<Arrival>>, List<List<Result>>> apply,
          Function<Collection<String>, Set<String>> held) {
        heldOrders = new LockedOrders(held);
        lanes = IntStream.rangeClosed(1, number).mapToObj(lane ->
                new GroupCommit<List<Arrival>, List<Result>>("Ledger-" + lane, apply, List::size, FAILURES)).toList();
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(lanes);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(lanes);
    }

    @Override
    public List<String> ended() {
        return lanes.stream().flatMap(lane -> lane.ended().stream()).toList();
    }

    /**
     * Returns when all is committed. When it fails, none of it waits any more, some of it may be committed or, after the
     * longest wait, still in hand, and the same may be brought again.
     *
     * @return a result for each, in their sequence, but for those that the ledger could not take
     */
    public List<Result> commit(List<Arrival> arrivals, BatchPolicy terms) {
        return commit(arrivals, terms, new IdentityHashMap<>());
    }

    /**
     * @param committed the results that there are already, by identity, whose arrivals are not brought again; grows
     * @throws OrdersHeld when all that is not committed is of orders that are locked
     */
    public List<Result> commit(List<Arrival> arrivals, BatchPolicy terms, Map<Arrival, Result> committed) {
        Set<String> held = heldOrders.among(arrivals);
        OrdersHeld found;
        do {
            found = bringOthers(arrivals, terms, committed, held);
        } while (found != null && held.addAll(found.ids()));
        List<Arrival> left = arrivals.stream().filter(arrival -> !committed.containsKey(arrival)).toList();
        if (left.stream().anyMatch(arrival -> held.contains(arrival.event().orderId()))) {
            held.retainAll(left.stream().map(arrival -> arrival.event().orderId()).toList());
            throw new OrdersHeld(held, found);
        }
        return arrivals.stream().map(committed::get).filter(Objects::nonNull).toList();
    }

    /** @return what says that more of the orders are held, and that others were not committed for that; null when none are */
    private OrdersHeld bringOthers(List<Arrival> arrivals, BatchPolicy terms, Map<Arrival, Result> committed,
                                   Set<String> held) {
        List<Arrival> others = arrivals.stream().filter(arrival -> !committed.containsKey(arrival)
                && !held.contains(arrival.event().orderId())).toList();
        OrdersHeld found = null;
        List<RuntimeException> failures = new ArrayList<>();
        for (CompletableFuture<List<Result>> part : begin(others, terms)) {
            try {
                GroupCommit.await(part).forEach(result -> committed.put(result.arrival(), result));
            } catch (OrdersHeld e) {
                heldOrders.found(e.ids());
                found = found == null ? e : new OrdersHeld(union(found.ids(), e.ids()), e);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return found;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private List<CompletableFuture<List<Result>>> begin(List<Arrival> arrivals, BatchPolicy terms) {
        Map<Integer, List<Arrival>> byLane = new TreeMap<>();
        arrivals.forEach(arrival -> byLane.computeIfAbsent(laneOf(arrival), lane -> new ArrayList<>()).add(arrival));
        List<CompletableFuture<List<Result>>> brought = new ArrayList<>();
        byLane.forEach((lane, its) -> {
            for (int from = 0; from < its.size(); from += terms.most()) {
                brought.add(begin(lane, its.subList(from, Math.min(its.size(), from + terms.most())), terms));
            }
        });
        return brought;
    }

    private CompletableFuture<List<Result>> begin(int lane, List<Arrival> part, BatchPolicy terms) {
        try {
            return lanes.get(lane).submit(part, terms);
        } catch (CommitRejected e) {
            // The parts before this one are on their way, and are to be waited for.
            return CompletableFuture.failedFuture(e);
        }
    }

    private int laneOf(Arrival arrival) {
        return Math.floorMod(arrival.event().orderId().hashCode(), lanes.size());
    }
}
