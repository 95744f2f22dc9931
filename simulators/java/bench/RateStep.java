package bench;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The result of one rate.
 *
 * @param subject       name of the subject
 * @param rate          offered orders a second
 * @param confirms      whether the load confirmed the orders, too
 * @param backlog       over the measured window
 * @param failures      number of callbacks by status of the answer, without 2xx; 0 stands for no answer
 * @param callbacks     latency of callbacks: microseconds from the intended time to the answer
 * @param confirmations latency of confirmations; empty when orders were confirmed before
 * @param toTopic       microseconds from the callback's intended time until a consumer had the order from the barista's
 *                      topic
 * @param cpu           processor seconds by process, in the window
 * @param others        share of the machine that other processes used in the window; below 0 when unknown
 * @param begun         when the window began
 * @param seconds       length of the window
 * @param written       what was written in the whole step
 * @param outcome       what became of all orders of the step
 */
record RateStep(String subject, double rate, boolean confirms, Backlog.Judgement backlog, Map<Integer, Integer> failures,
            Histogram callbacks, Histogram confirmations, Histogram toTopic, Map<String, Double> cpu, double others,
            Instant begun, double seconds, WriteVolume written, StepOutcome outcome) {

    /** Whether the rate held: orders settled as fast as they came, and none was refused, lost or made twice. */
    boolean held() {
        return backlog.held() && failures.isEmpty() && outcome.isRight();
    }

    /** The repeat whose throughput is the median. */
    static RateStep typical(List<RateStep> repeats) {
        return repeats.stream().sorted(Comparator.comparing(RateStep::settledPerSecond)).toList().get(repeats.size() / 2);
    }

    double settledPerSecond() {
        return backlog.settledPerSecond();
    }

    /** Processor microseconds an order, by process. */
    Map<String, Double> cpuMicrosAnOrder() {
        Map<String, Double> micros = new LinkedHashMap<>();
        double orders = Math.max(1, settledPerSecond() * seconds);
        cpu.forEach((name, used) -> micros.put(name, BenchReport.rounded(used / orders * 1e6)));
        return micros;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", subject);
        json.put("offeredPerSecond", BenchReport.rounded(rate));
        json.put("withConfirm", confirms);
        json.put("held", held());
        json.put("settledPerSecond", BenchReport.rounded(settledPerSecond()));
        json.put("backlogGrewSeconds", BenchReport.rounded(backlog.grewSeconds()));
        json.put("seconds", BenchReport.rounded(seconds));
        json.put("callbackMs", Latencies.json(callbacks));
        if (confirms) {
            json.put("confirmMs", Latencies.json(confirmations));
        }
        json.put("toTopicMs", Latencies.json(toTopic));
        json.put("eventToLedgerMs", Latencies.json(outcome.eventToLedger()));
        json.put("cpuMicrosPerOrder", cpuMicrosAnOrder());
        json.put("othersCpuShare", BenchReport.rounded(others));
        json.put("failures", failures);
        json.put("acknowledged", outcome.acknowledged());
        json.put("unsettled", outcome.unsettled().size());
        json.put("doubled", outcome.doubled().size());
        return json;
    }
}
