package bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A figure over several repeats: median, least and greatest value. */
record Spread(double median, double least, double most, int repeats) {

    /** @throws IllegalArgumentException when there is no value */
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no repeats");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1), sorted.size());
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", BenchReport.rounded(median));
        json.put("least", BenchReport.rounded(least));
        json.put("most", BenchReport.rounded(most));
        json.put("repeats", repeats);
        return json;
    }
}
