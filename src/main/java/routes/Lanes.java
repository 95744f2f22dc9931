package routes;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import ledger.Arrival;
import ledger.Result;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The way of all arrows into the ledger: a few lanes, in each of which one transaction follows the other, with whatever has
 * come meanwhile. An order always goes by the same lane. So no two transactions of this hub wait for each other's orders, and
 * the more comes at a time, the less each of it costs.
 */
final class Lanes extends ServiceSupport {

    /** Two, so that one computes while the other one's commit reaches the disk; more where there are more processors. */
    private static final int FEWEST = 2;
    /** Half of the hub's connections to the database: pages and pulls need some, too. */
    private static final int MOST = 8;

    private final List<Gathering<List<Arrival>, List<Result>>> lanes;

    static Lanes into(Inbox inbox) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Lanes(Math.max(FEWEST, Math.min(MOST, processors)), messages -> inbox.applyAll(messages));
    }

    /** @param apply returns when it is committed, with each message's own results */
    Lanes(int number, Function<List<List<Arrival>>, List<List<Result>>> apply) {
        lanes = IntStream.rangeClosed(1, number).mapToObj(lane ->
                new Gathering<List<Arrival>, List<Result>>("Ledger-" + lane, apply, List::size)).toList();
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(lanes);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(lanes);
    }

    /**
     * Returns when all is committed. When it fails, some of it may be, and the same may be brought again.
     *
     * @return a result for each, in their sequence, but for those that the ledger could not take
     */
    List<Result> bring(List<Arrival> arrivals, Gathering.Terms terms) {
        Map<Integer, List<Arrival>> byLane = new TreeMap<>();
        arrivals.forEach(arrival -> byLane.computeIfAbsent(Math.floorMod(arrival.event().orderId().hashCode(), lanes.size()),
                lane -> new ArrayList<>()).add(arrival));
        List<CompletableFuture<List<Result>>> brought = new ArrayList<>();
        byLane.forEach((lane, its) -> {
            for (int from = 0; from < its.size(); from += terms.most()) {
                List<Arrival> part = its.subList(from, Math.min(its.size(), from + terms.most()));
                brought.add(lanes.get(lane).bring(part, terms));
            }
        });
        Map<Arrival, Result> results = new IdentityHashMap<>();
        brought.forEach(part -> Gathering.committed(part).forEach(result -> results.put(result.arrival(), result)));
        return arrivals.stream().map(results::get).filter(Objects::nonNull).toList();
    }
}
