package bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What many settled orders cost: one hub at the same rate, without and with them.
 *
 * @param orders     number of settled orders
 * @param live       number of them in the live table; the others are in the history
 * @param seconds    how long it took to insert them
 * @param without    repeats without them
 * @param with       repeats with them
 * @param dueWithout microseconds to claim due orders, without them
 * @param dueWith    microseconds to claim due orders, with them
 * @param day        the day of history that was dropped
 */
record HistoryCost(int orders, int live, double seconds, List<RateStep> without, List<RateStep> with,
               Map<DueQuery, Double> dueWithout, Map<DueQuery, Double> dueWith, HistoryDrop day) {

    List<RateStep> steps() {
        return Stream.of(without, with, List.of(day.step())).flatMap(List::stream).toList();
    }

    /** Ratio of the processor time of an order, with settled orders to without; empty unless the rate held. */
    Optional<Double> costs() {
        return held(without) && held(with) ? Optional.of(micros(with) / micros(without)) : Optional.empty();
    }

    static boolean held(List<RateStep> steps) {
        return steps.stream().allMatch(RateStep::held);
    }

    /** Processor time of an order in microseconds, of all processes; the median of the steps. */
    static double micros(List<RateStep> steps) {
        return Spread.of(steps.stream().map(step -> step.cpuMicrosAnOrder().values().stream()
                .mapToDouble(Double::doubleValue).sum()).toList()).median();
    }

    /** Ratio of the time of a claim, with settled orders to without. */
    double dueTimes(DueQuery query) {
        return dueWith.get(query) / dueWithout.get(query);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settledOrders", orders);
        json.put("live", live);
        json.put("seconds", BenchReport.rounded(seconds));
        json.put("offeredPerSecond", BenchReport.rounded(with.get(0).rate()));
        json.put("without", json(without));
        json.put("with", json(with));
        json.put("cpuTimes", costs().map(BenchReport::rounded).orElse(null));
        Map<String, Object> due = new LinkedHashMap<>();
        dueWithout.forEach((query, micros) -> due.put(query.name().toLowerCase(Locale.ROOT), Map.of(
                "withoutMicros", BenchReport.rounded(micros), "withMicros", BenchReport.rounded(dueWith.get(query)),
                "times", BenchReport.rounded(dueTimes(query)))));
        json.put("dueQueries", due);
        json.put("day", day.json());
        return json;
    }

    private static Map<String, Object> json(List<RateStep> repeats) {
        RateStep typical = RateStep.typical(repeats);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settledPerSecond", Spread.of(repeats.stream().map(RateStep::settledPerSecond).toList()).json());
        json.put("held", held(repeats));
        json.put("callbackMs", Latencies.json(typical.callbacks()));
        json.put("toTopicMs", Latencies.json(typical.toTopic()));
        json.put("cpuMicrosPerOrder", typical.cpuMicrosAnOrder());
        json.put("othersCpuShare", BenchReport.rounded(typical.others()));
        return json;
    }
}
