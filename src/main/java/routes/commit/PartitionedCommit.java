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
 * The way of all events into the ledger: a few partitions, by order id, each with a {@link GroupCommit} of its own. As an
 * order always has the same partition, no two transactions of this hub wait for each other's orders; and the more events
 * come at a time, the less each of them costs.
 *
 * <pre>{@code
 * List<Result> results = commits.commit(arrivals, new BatchPolicy(500, Duration.ofMillis(5)));
 * }</pre>
 */
public final class PartitionedCommit extends ServiceSupport implements Vital {

    /** Partitions, at least: one computes while the commit of the other reaches the disk. */
    private static final int FEWEST = 2;
    /** Partitions, at most: half of the hub's connections to the database, as pages and pulls need some, too. */
    private static final int MOST = 8;

    private static final GroupCommit.FailureClassifier<List<Arrival>> FAILURES = new GroupCommit.FailureClassifier<>(
            EventApplier::isTheMessagesFault, (failure, arrivals) -> failure instanceof OrdersHeld held
            && arrivals.stream().anyMatch(arrival -> held.ids().contains(arrival.event().orderId())));

    private final List<GroupCommit<List<Arrival>, List<Result>>> partitions;
    private final LockedOrders heldOrders;

    public static PartitionedCommit into(EventApplier applier) {
        int processors = Runtime.getRuntime().availableProcessors();
        // The ledger is asked for at the first message: a dry run has no ledger, and sends no message.
        return new PartitionedCommit(Math.max(FEWEST, Math.min(MOST, processors)), messages -> applier.applyAll(messages),
                orderIds -> applier.held(orderIds));
    }

    /**
     * @param apply returns when all is committed, with each message's own results
     * @param held  which of these orders another session of the database has locked
     */
    PartitionedCommit(int number, Function<List<List<Arrival>>, List<List<Result>>> apply,
          Function<Collection<String>, Set<String>> held) {
        heldOrders = new LockedOrders(held);
        partitions = IntStream.rangeClosed(1, number).mapToObj(partition ->
                new GroupCommit<List<Arrival>, List<Result>>("Ledger-" + partition, apply, List::size, FAILURES)).toList();
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(partitions);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(partitions);
    }

    @Override
    public List<String> ended() {
        return partitions.stream().flatMap(partition -> partition.ended().stream()).toList();
    }

    /**
     * Returns when all events are committed. When it fails, some of them may be committed or still in a transaction; none
     * waits for one any more. The same events may be brought again.
     *
     * @return a result for each, in their sequence, without those that the ledger could not take and has parked
     * @throws CommitRejected when the hub stops, or the ledger can't keep up
     * @throws OrdersHeld     when all that is not committed is of orders that are locked
     */
    public List<Result> commit(List<Arrival> arrivals, BatchPolicy policy) {
        return commit(arrivals, policy, new IdentityHashMap<>());
    }

    /**
     * As above, for events that are brought again after a failure.
     *
     * @param committed the results that there are already, by identity of their arrival, which is not brought again; grows
     */
    public List<Result> commit(List<Arrival> arrivals, BatchPolicy policy, Map<Arrival, Result> committed) {
        Set<String> held = heldOrders.among(arrivals);
        OrdersHeld found;
        do {
            found = commitOthers(arrivals, policy, committed, held);
        } while (found != null && held.addAll(found.ids()));
        List<Arrival> left = arrivals.stream().filter(arrival -> !committed.containsKey(arrival)).toList();
        if (left.stream().anyMatch(arrival -> held.contains(arrival.event().orderId()))) {
            held.retainAll(left.stream().map(arrival -> arrival.event().orderId()).toList());
            throw new OrdersHeld(held, found);
        }
        return arrivals.stream().map(committed::get).filter(Objects::nonNull).toList();
    }

    /** @return a failure that names further orders that are held, for which others were not committed; null when none are */
    private OrdersHeld commitOthers(List<Arrival> arrivals, BatchPolicy policy, Map<Arrival, Result> committed,
                                   Set<String> held) {
        List<Arrival> others = arrivals.stream().filter(arrival -> !committed.containsKey(arrival)
                && !held.contains(arrival.event().orderId())).toList();
        OrdersHeld found = null;
        List<RuntimeException> failures = new ArrayList<>();
        for (CompletableFuture<List<Result>> part : begin(others, policy)) {
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

    private List<CompletableFuture<List<Result>>> begin(List<Arrival> arrivals, BatchPolicy policy) {
        Map<Integer, List<Arrival>> byPartition = new TreeMap<>();
        arrivals.forEach(arrival -> byPartition.computeIfAbsent(partitionOf(arrival), number -> new ArrayList<>()).add(arrival));
        List<CompletableFuture<List<Result>>> brought = new ArrayList<>();
        byPartition.forEach((number, its) -> {
            for (int from = 0; from < its.size(); from += policy.most()) {
                brought.add(begin(number, its.subList(from, Math.min(its.size(), from + policy.most())), policy));
            }
        });
        return brought;
    }

    private CompletableFuture<List<Result>> begin(int number, List<Arrival> part, BatchPolicy policy) {
        try {
            return partitions.get(number).submit(part, policy);
        } catch (CommitRejected e) {
            // The caller has to wait for the parts before this one, which are on their way.
            return CompletableFuture.failedFuture(e);
        }
    }

    private int partitionOf(Arrival arrival) {
        return Math.floorMod(arrival.event().orderId().hashCode(), partitions.size());
    }
}
