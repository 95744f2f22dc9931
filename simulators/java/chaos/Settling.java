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

/** After the faults: waits until all orders have settled, and collects the hubs' last answers about them. */
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
     * How long settling may take without a backlog: two pull intervals, the largest backoff, the lease of a dead hub's claim
     * and the age from which a pull asks; Kafka's session time-out and the last faults of the neighbours; the time that a
     * customer has to pay; and the time of kitchens and couriers.
     */
    static Duration bound() {
        Duration pull = HubArguments.EVERY.multipliedBy(2).plus(HubArguments.BACKOFF_MOST).plus(HubArguments.LEASE)
                .plus(HubArguments.AGE);
        Duration regroup = HubArguments.SESSION.plus(Duration.ofSeconds(5));
        Duration making = Duration.ofSeconds(10);
        return pull.plus(regroup).plus(HubArguments.UNPAID).plus(making);
    }

    /**
     * The time for a backlog.
     *
     * @param orders in the hub, or unanswered by it; they are worked off at {@link HubArguments#DRAIN}
     */
    static Duration backlog(long orders) {
        return Duration.ofSeconds(orders / HubArguments.DRAIN);
    }

    /** Waits until, by the journals and by the hub, no order is under way. @return false when the time was over before */
    boolean await(Instant until) {
        return Wait.until(() -> {
            Wait.lasting(LOOK);
            // The journals are long; they are read only when the hub has nothing left to do.
            return api.inFlight().equals(Optional.of(0L))
                    // Orders that were paid after they had expired stay open in the journals for good.
                    && RunJournals.open(plan).stream().allMatch(id -> api.order(id).isExpired());
        }, Duration.between(Instant.now(), until));
    }

    /** The hub's answer about each order, asked until it has settled, or the time is over. */
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
