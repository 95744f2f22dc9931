package bench;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The number of settled orders: the sum of the counters of all processes, because any of them may settle an order.
 *
 * @param counters address of each process's counter
 */
record SettledCounters(List<URI> counters) {

    /** The sum; empty when a counter doesn't answer, because a sum without it would be too small. */
    Optional<Long> now() {
        long sum = 0;
        for (URI counter : counters) {
            Optional<Long> one = ControlRequests.counter(counter);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            sum += one.get();
        }
        return Optional.of(sum);
    }
}
