package bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms of latencies: recorded in microseconds, reported in milliseconds. */
final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000L;

    private Latencies() {
    }

    /** A histogram of microseconds, up to ten minutes, with three significant digits. */
    static Histogram micros() {
        return new Histogram(LONGEST_MICROS, 3);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000)));
    }

    /** A percentile in milliseconds; 0 when nothing was recorded. @param percent such as {@code 99.9} */
    static double millis(Histogram histogram, double percent) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percent) / 1e3;
    }

    /** p50, p99 and p999 in milliseconds, and the number of values. */
    static Map<String, Object> json(Histogram histogram) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p50", BenchReport.rounded(millis(histogram, 50)));
        json.put("p99", BenchReport.rounded(millis(histogram, 99)));
        json.put("p999", BenchReport.rounded(millis(histogram, 99.9)));
        json.put("count", histogram.getTotalCount());
        return json;
    }
}
