package bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * The result of dropping a day of history while orders come.
 *
 * @param orders    number of orders of the day
 * @param goneAfter seconds from when the day could be dropped until it was (the hub looks every ten seconds); empty when it
 *                  still existed after the last order
 * @param meanwhile latency, in microseconds, of callbacks that were due from then until a second after the drop
 * @param otherwise latency, in microseconds, of all other callbacks of the window
 * @param step      all figures of the step
 */
record HistoryDrop(int orders, OptionalDouble goneAfter, Histogram meanwhile, Histogram otherwise, RateStep step) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("orders", orders);
        json.put("offeredPerSecond", BenchReport.rounded(step.rate()));
        json.put("goneAfterSeconds", goneAfter.isPresent() ? BenchReport.rounded(goneAfter.getAsDouble()) : null);
        json.put("callbackMsMeanwhile", withLongest(meanwhile));
        json.put("callbackMsOtherwise", withLongest(otherwise));
        json.put("failures", step.failures());
        json.put("unsettled", step.outcome().unsettled().size());
        json.put("doubled", step.outcome().doubled().size());
        return json;
    }

    private static Map<String, Object> withLongest(Histogram callbacks) {
        Map<String, Object> json = Latencies.json(callbacks);
        json.put("longest", BenchReport.rounded(Latencies.millis(callbacks, 100)));
        return json;
    }
}
