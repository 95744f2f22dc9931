package chaos;

import embedded.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** After the faults: waiting until nothing is under way any more, and the hubs' last word on every order. */
final class Settling {

    private static final int ASKERS = 6;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChaosPlan plan;
    private final OrderApi api;

    Settling(ChaosPlan plan, OrderApi api) {
        this.plan = plan;
        this.api = api;
    }

    /**
     * How long settling may take without a backlog: two pull intervals, the largest back-off, the time a claim of a dead
     * hub lasts, the age at which silence is due; the time that Kafka keeps partitions for a dead hub and the neighbours
     * their last faults; the patience with those who never pay; and the way through kitchens and couriers.
     */
    static Duration bound() {
        Duration pull = HubSettings.EVERY.multipliedBy(2).plus(HubSettings.BACKOFF_MOST).plus(HubSettings.LEASE)
                .plus(HubSettings.AGE);
        Duration regroup = HubSettings.SESSION.plus(Duration.ofSeconds(5));
        Duration making = Duration.ofSeconds(10);
        return pull.plus(regroup).plus(HubSettings.UNPAID).plus(making);
    }

    /** @param orders that wait, with the hub or before its door; they are worked off at the drain's rate */
    static Duration backlog(long orders) {
        return Duration.ofSeconds(orders / HubSettings.DRAIN);
    }

    /** Returns when, by the journals and by the hub, nothing is under way, or the time has come. */
    boolean await(Instant until) {
        return Wait.until(() -> {
            Wait.lasting(LOOK);
            // The journals are long; they are read when the hub has nothing left to do.
            return api.inFlight().equals(Optional.of(0L))
                    // Of these, only those that were paid when they had expired get nothing any more.
                    && RunJournals.open(plan).stream().allMatch(id -> api.order(id).isExpired());
        }, Duration.between(Instant.now(), until));
    }

    /** What the hub says of each; of one that isn't settled, what it says when the time has come. */
    Map<String, OrderApi.Answer> lastWords(Collection<String> orderIds, Instant until) {
        Map<String, OrderApi.Answer> answers = new ConcurrentHashMap<>();
        ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
        try {
            List<String> open = new ArrayList<>(orderIds);
            while (!open.isEmpty()) {
                askAll(askers, open, answers);
                open.removeIf(id -> answers.get(id).isSettled() || answers.get(id).status() == 404);
                if (!open.isEmpty() && Instant.now().isAfter(until)) {
                    askAll(askers, open, answers);
                    break;
                }
                Wait.lasting(LOOK);
            }
        } finally {
            askers.shutdownNow();
        }
        return answers;
    }

    private void askAll(ExecutorService askers, List<String> orderIds, Map<String, OrderApi.Answer> answers) {
        List<Future<?>> asked = new ArrayList<>();
        orderIds.forEach(id -> asked.add(askers.submit(() -> answers.put(id, api.orderForSure(id)))));
        for (Future<?> one : asked) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an order could not be asked for", e.getCause());
            } catch (InterruptedException e) {
                throw new Wait.Interrupted();
            }
        }
    }
}
