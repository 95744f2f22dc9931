package bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies: recorded in microseconds, told in milliseconds. */
final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000L;

    private Latencies() {
    }

    /** Takes up to ten minutes, to three digits. */
    static Histogram micros() {
        return new Histogram(LONGEST_MICROS, 3);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    /** @param percent as in {@code 99.9}; 0 when nothing was recorded */
    static double millis(Histogram histogram, double percent) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percent) / 1e3;
    }

    /** p50, p99 and p999 in milliseconds, and of how many. */
    static Map<String, Object> json(Histogram histogram) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p50", BenchReport.rounded(millis(histogram, 50)));
        json.put("p99", BenchReport.rounded(millis(histogram, 99)));
        json.put("p999", BenchReport.rounded(millis(histogram, 99.9)));
        json.put("count", histogram.getTotalCount());
        return json;
    }
}
