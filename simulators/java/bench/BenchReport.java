package bench;

import embedded.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The report of a run: as JSON, and printed. */
final class BenchReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BenchPlan plan;
    private final String command;
    private final BenchResults findings;

    /** @param command the command line of the run */
    BenchReport(BenchPlan plan, String command, BenchResults findings) {
        this.plan = plan;
        this.command = command;
        this.findings = findings;
    }

    /** Rounded to three decimals. */
    static double rounded(double figure) {
        return Math.round(figure * 1_000) / 1_000.0;
    }

    void writeTo(Path file) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", Machine.description());
        json.put("commit", Machine.commit());
        json.put("command", command);
        json.put("hubJava", Stream.concat(plan.everyJava().stream(), plan.hubJava().stream()).toList());
        json.put("shape", Map.of("stores", plan.mix().stores(), "delivery", plan.mix().delivery()));
        json.put("right", findings.isRight());
        hub().ifPresent(hub -> json.put("hub", hub));
        Map<String, Object> controls = new LinkedHashMap<>();
        for (String name : List.of("unbatched", "outbox", "outboxPlain")) {
            findings.result(name).ifPresent(result -> controls.put(name, result(result)));
        }
        json.put("control", controls);
        findings.limits().ifPresent(limits -> json.put("limits", limits.json(plan.mix().delivery())));
        findings.outage().ifPresent(outage -> json.put("brokerOutage", outage.json()));
        findings.result("two").ifPresent(two -> json.put("twoHubs", result(two)));
        findings.history().ifPresent(history -> json.put("history", history.json()));
        json.put("ratios", new Ratios(plan, findings).json());
        json.put("growth", findings.result("hub").map(hub -> growth(hub.all())).orElse(List.of()));
        json.put("growthWithConfirm", findings.result("confirm").map(hub -> growth(hub.all())).orElse(List.of()));
        json.put("steps", findings.steps().stream().map(RateStep::json).toList());
        return json;
    }

    void print() {
        System.out.println();
        System.out.println(new ReportTable(plan, findings));
    }

    private Optional<Map<String, Object>> hub() {
        Optional<BenchRun.Result> first = findings.result("hub").or(() -> findings.result("confirm"));
        return first.map(any -> {
            Map<String, Object> json = new LinkedHashMap<>();
            findings.result("hub").ifPresent(hub -> json.putAll(result(hub)));
            findings.result("confirm").ifPresent(confirm -> {
                json.put("withConfirmPerSecond", rounded(confirm.ordersPerSecond().median()));
                json.put("withConfirm", result(confirm));
            });
            return json;
        });
    }

    private static Map<String, Object> result(BenchRun.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        RateStep typical = result.typical();
        RateStep latency = result.latency() == null ? typical : result.latency();
        json.put("ordersPerSecond", rounded(result.ordersPerSecond().median()));
        json.put("ordersPerSecondSpread", result.ordersPerSecond().json());
        json.put("held", result.held());
        json.put("latenciesAtPerSecond", rounded(latency.rate()));
        json.put("callbackMs", Latencies.json(latency.callbacks()));
        json.put("toTopicMs", Latencies.json(latency.toTopic()));
        json.put("eventToLedgerMs", Latencies.json(latency.outcome().eventToLedger()));
        json.put("callbackMsAtMost", Latencies.json(typical.callbacks()));
        json.put("cpuMicrosPerOrder", typical.cpuMicrosAnOrder());
        json.put("othersCpuShare", rounded(typical.others()));
        json.put("rssMb", result.residentOfSubject());
        json.put("rssMbByProcess", result.resident());
        double orders = Math.max(1, typical.outcome().acknowledged());
        WriteVolume written = typical.written();
        json.put("walBytesPerOrder", rounded(written.wal() / orders));
        json.put("kafkaBytesPerOrder", rounded(written.kafka() / orders));
        json.put("commitsPerOrder", rounded(written.commits() / orders));
        json.put("rowsInsertedPerOrder", rounded(written.inserted() / orders));
        json.put("rowsUpdatedPerOrder", rounded(written.updated() / orders));
        json.put("rowsUpdatedHotPerOrder", rounded(written.hot() / orders));
        return json;
    }

    /** Throughput and latencies, ordered by the offered rate. */
    private static List<Map<String, Object>> growth(List<RateStep> steps) {
        return steps.stream().sorted((one, other) -> Double.compare(one.rate(), other.rate())).map(step -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("offeredPerSecond", rounded(step.rate()));
            json.put("settledPerSecond", rounded(step.settledPerSecond()));
            json.put("callbackP50Ms", rounded(Latencies.millis(step.callbacks(), 50)));
            json.put("callbackP99Ms", rounded(Latencies.millis(step.callbacks(), 99)));
            json.put("toTopicP99Ms", rounded(Latencies.millis(step.toTopic(), 99)));
            json.put("held", step.held());
            return json;
        }).toList();
    }
}
