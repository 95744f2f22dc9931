package bench;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How many orders are settled: the sum of the counters of all hubs, as an order may be settled by any of them.
 *
 * @param counters where each hub tells its own
 */
record SettledCounters(List<URI> counters) {

    /** Empty when one of them doesn't answer: a sum without it would be too small. */
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
