package chaos;

import embedded.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report of a run: printed, and as JSON. */
final class ChaosReport {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int SHOWN = 10;

    private final ChaosPlan plan;
    private final double minutes;
    private final Verdict verdict;

    ChaosReport(ChaosPlan plan, double minutes, Verdict verdict) {
        this.plan = plan;
        this.minutes = minutes;
        this.verdict = verdict;
    }

    void writeTo(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(file.toFile(), json());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", plan.seed());
        json.put("minutes", minutes);
        json.put("rate", plan.rate());
        json.put("commit", Machine.commit());
        json.put("machine", Machine.description());
        json.put("acknowledged", verdict.journals().balance().acknowledged());
        json.put("settled", verdict.settled());
        json.put("lost", lost());
        json.put("paidTooLate", verdict.paidTooLate().size());
        json.put("doubled", verdict.count(Violation.Kind.DOUBLED));
        json.put("unknown", verdict.unknown());
        json.put("tickets", verdict.journals().balance().tickets());
        json.put("notes", verdict.journals().balance().notes());
        json.put("appliedByPush", verdict.repairs().byPush());
        json.put("repairedByPull", verdict.repairs().byPull());
        json.put("faults", faults());
        json.put("nemeses", verdict.strikes().stream().map(ChaosReport::strike).toList());
        List<Long> times = verdict.settleTimes();
        json.put("settleMillisP50", percentile(times, 0.5));
        json.put("settleMillisP99", percentile(times, 0.99));
        json.put("settleMillisMax", percentile(times, 1));
        json.put("settledAfterFaultsMillis", verdict.took().toMillis());
        json.put("settleBoundMillis", verdict.bound().toMillis());
        json.put("longestWithoutCallbackMillis", verdict.silence().toMillis());
        json.put("unmetSometimes", verdict.unmetSometimes());
        json.put("violations", verdict.violations().stream().map(ChaosReport::violation).toList());
        return json;
    }

    void print() {
        List<Long> times = verdict.settleTimes();
        System.out.printf("%nSeed %d, %s min, %s orders/s, commit %s, %s%n%n", plan.seed(), number(minutes),
                number(plan.rate()), Machine.commit(), Machine.description());
        line("acknowledged", verdict.journals().balance().acknowledged());
        line("settled", verdict.settled());
        line("paid too late", verdict.paidTooLate().size());
        line("LOST", lost());
        line("DOUBLED", verdict.count(Violation.Kind.DOUBLED));
        line("unknown", verdict.unknown());
        line("tickets", verdict.journals().balance().tickets());
        line("notes", verdict.journals().balance().notes());
        System.out.printf("%n  payment to settled: p50 %.1f s, p99 %.1f s, longest %.1f s%n",
                percentile(times, 0.5) / 1e3, percentile(times, 0.99) / 1e3, percentile(times, 1) / 1e3);
        System.out.printf("  settled %.1f s after the faults (bound %d s); longest without a callback %.1f s%n%n",
                verdict.took().toMillis() / 1e3, verdict.bound().toSeconds(), verdict.silence().toMillis() / 1e3);
        System.out.println("  repaired by pull: " + verdict.repairs().byPull());
        System.out.println("  applied by push:  " + verdict.repairs().byPush());
        System.out.println("  faults:           " + faults());
        if (!verdict.unmetSometimes().isEmpty()) {
            System.out.println("\nShould have happened, and never did:");
            verdict.unmetSometimes().forEach(unmet -> System.out.println("  " + unmet));
        }
        if (!verdict.violations().isEmpty()) {
            printViolations();
        }
        System.out.println(verdict.good() ? "\nEvery promise was kept."
                : "\nNOT every promise was kept, or not every fault was met.");
    }

    /** Grouped by order, because a lost order breaks several promises at once. */
    private void printViolations() {
        Map<String, List<Violation>> byOrder = verdict.violations().stream().collect(Collectors.groupingBy(
                violation -> violation.orderId() == null ? "" : violation.orderId(), TreeMap::new, Collectors.toList()));
        System.out.printf("%nViolations, %d of %d orders: %s%n", verdict.violations().size(), byOrder.size(),
                verdict.violations().stream().collect(Collectors.groupingBy(Violation::kind, TreeMap::new,
                        Collectors.counting())));
        byOrder.values().stream().limit(SHOWN).forEach(violations -> {
            violations.forEach(violation -> System.out.println("  " + violation));
            violations.get(0).timeline().forEach(step -> System.out.println("      " + step));
        });
        if (byOrder.size() > SHOWN) {
            System.out.println("  … all of them are in the report");
        }
    }

    /** The larger figure of the {@link Checker} and of the simulators' balance. */
    private long lost() {
        Set<String> late = Set.copyOf(verdict.paidTooLate());
        return Math.max(verdict.count(Violation.Kind.LOST),
                verdict.journals().balance().lost().stream().filter(id -> !late.contains(id)).count());
    }

    private Map<String, Map<String, Long>> faults() {
        Map<String, Map<String, Long>> faults = new TreeMap<>();
        verdict.journals().faults().forEach((neighbour, struck) -> {
            Map<String, Long> words = new TreeMap<>();
            struck.forEach((fault, times) -> words.put(fault.word(), times));
            faults.put(neighbour, words);
        });
        return faults;
    }

    private static Map<String, Object> strike(Strike strike) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nemesis", strike.nemesis());
        json.put("start", strike.start().toString());
        json.put("end", strike.end().toString());
        json.put("tookEffect", strike.struck());
        json.put("evidence", strike.evidence());
        return json;
    }

    private static Map<String, Object> violation(Violation violation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", violation.kind().name());
        json.put("orderId", violation.orderId());
        json.put("what", violation.what());
        json.put("timeline", violation.timeline());
        return json;
    }

    private static long percentile(List<Long> ascending, double share) {
        return ascending.isEmpty() ? 0 : ascending.get((int) Math.min(ascending.size() - 1L,
                Math.round(Math.ceil(share * ascending.size())) - 1));
    }

    private static void line(String name, long figure) {
        System.out.printf("  %-14s %,9d%n", name, figure);
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
