package bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The result of an outage of the broker while orders come and are paid at a steady rate.
 *
 * @param lasted    seconds until the broker answered again
 * @param most      the most orders that were on their way at once
 * @param goneAfter seconds from the broker's return until no more orders were on their way than before the outage; empty
 *                  when there were more at the last look
 * @param step      all figures of the step
 */
record BrokerOutage(double lasted, double most, OptionalDouble goneAfter, RateStep step) {

    /** How long orders come before the broker goes, how long it is away, and how long they come afterwards. */
    record Times(Duration before, Duration away, Duration after) {
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("offeredPerSecond", BenchReport.rounded(step.rate()));
        json.put("brokerAwaySeconds", BenchReport.rounded(lasted));
        json.put("ordersOnTheirWayAtMost", Math.round(most));
        json.put("backlogGoneSeconds", goneAfter.isPresent() ? BenchReport.rounded(goneAfter.getAsDouble()) : null);
        json.put("callbackMs", Latencies.json(step.callbacks()));
        json.put("failures", step.failures());
        json.put("acknowledged", step.outcome().acknowledged());
        json.put("unsettled", step.outcome().unsettled().size());
        json.put("doubled", step.outcome().doubled().size());
        return json;
    }
}
