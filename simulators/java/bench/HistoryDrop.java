package bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What a day of history that is dropped while orders come has shown.
 *
 * @param orders    of the day
 * @param goneAfter seconds from when it could be dropped until it was: the hub looks every ten; empty when it still was
 *                  there after the last order
 * @param meanwhile microseconds of the callbacks meant to come from then until a second after it was gone
 * @param otherwise of all others of the same window
 * @param step      the whole of it
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
        json.put("unsettled", step.aftermath().unsettled().size());
        json.put("doubled", step.aftermath().doubled().size());
        return json;
    }

    private static Map<String, Object> withLongest(Histogram callbacks) {
        Map<String, Object> json = Latencies.json(callbacks);
        json.put("longest", BenchReport.rounded(Latencies.millis(callbacks, 100)));
        return json;
    }
}
