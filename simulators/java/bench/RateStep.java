package bench;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one rate has shown.
 *
 * @param rate          orders a second that came
 * @param backlog       over the measured window
 * @param failures      callbacks by their answer, but for 2xx
 * @param callbacks     microseconds from the intended time to the answer
 * @param confirmations the same of confirmations; empty when orders were confirmed before
 * @param toTopic       microseconds from the callback's intended time until a consumer had the order from the barista's topic
 * @param cpu           processor seconds by process, in the window
 * @param others        share of the machine that others used in the window; below 0 when unknown
 * @param begun         when the window began
 * @param seconds       its length
 * @param written       in the whole step
 * @param aftermath     of all its orders
 */
record RateStep(String subject, double rate, boolean confirms, Backlog.Judgement backlog, Map<Integer, Integer> failures,
            Histogram callbacks, Histogram confirmations, Histogram toTopic, Map<String, Double> cpu, double others,
            Instant begun, double seconds, WriteVolume written, StepOutcome aftermath) {

    /** Orders were settled as fast as they came, and none was refused, lost or doubled. */
    boolean held() {
        return backlog.held() && failures.isEmpty() && aftermath.isRight();
    }

    /** The one whose rate is the middle one. */
    static RateStep typical(List<RateStep> repeats) {
        return repeats.stream().sorted(Comparator.comparing(RateStep::settledPerSecond)).toList().get(repeats.size() / 2);
    }

    double settledPerSecond() {
        return backlog.settledPerSecond();
    }

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
        json.put("eventToLedgerMs", Latencies.json(aftermath.eventToLedger()));
        json.put("cpuMicrosPerOrder", cpuMicrosAnOrder());
        json.put("othersCpuShare", BenchReport.rounded(others));
        json.put("failures", failures);
        json.put("acknowledged", aftermath.acknowledged());
        json.put("unsettled", aftermath.unsettled().size());
        json.put("doubled", aftermath.doubled().size());
        return json;
    }
}
