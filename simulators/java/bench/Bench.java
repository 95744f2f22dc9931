package bench;

import embedded.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hub bench}: measures how many orders a second the hub carries, beside controls and the machine's limits. */
@Command(name = "hub bench", sortOptions = false, showDefaultValues = true,
        description = {
            "Runs a hub, a Kafka broker, a durable PostgreSQL and simulated neighbours as processes of their own, and finds "
                    + "the highest rate of orders that they carry from callback to settled; the same with controls, and "
                    + "the limits of the machine. docs/performance.md says what is measured and how.",
            "All files are written below target/bench, the figures into target/bench/report.json, a chart of throughput and "
                    + "latencies into target/bench/growth.svg."},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:measured, and every order that was acknowledged has settled, and once",
            "1:an acknowledged order has not settled, or was made twice; or the run itself failed",
            "2:an option is wrong, or another run uses the directory"})
public final class Bench implements Callable<Integer> {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration RAMP = Duration.ofMillis(2_500);

    /** The JVM options of {@code ./hub serve}. */
    static final String HUB_JAVA = "-Xms360m -Xmx360m";

    /** For a short run: the simple compiler warms up within seconds, the optimizing one takes minutes. */
    private static final List<String> SOON_WARM = List.of("-XX:TieredStopAtLevel=1");

    /** Slowly at first, then for two minutes, in which the JIT compilers take half of the hub's processor time. */
    private static final List<Double> WARM_UP = Stream.concat(Stream.of(40.0, 120.0, 250.0, 500.0),
            Collections.nCopies(8, 300.0).stream()).toList();

    /** The parts that take two minutes: the machine's limits, the hub, and the outbox as a control. */
    private static final EnumSet<BenchPlan.Part> QUICK =
            EnumSet.of(BenchPlan.Part.LIMITS, BenchPlan.Part.HUB, BenchPlan.Part.OUTBOX);

    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
            description = "orders a second; 0 finds the highest that holds")
    private double rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60",
            description = "how long the rate that was found or given is measured")
    private int seconds;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "3", description = "how often it is measured")
    private int repeats;

    @Option(names = "--stores", paramLabel = "N", defaultValue = "30000",
            description = "number of stores that the orders are for")
    private int stores;

    @Option(names = "--delivery", paramLabel = "SHARE", defaultValue = "0.3",
            description = "share of the orders that are delivered, 0 to 1")
    private double delivery;

    @Option(names = "--parts", paramLabel = "PART", split = ",",
            description = "only these: limits, hub, latency (at a lower rate, after hub), confirm, outage (the broker is "
                    + "down for a minute), two (hubs), history (with settled orders in the tables), unbatched, outbox, "
                    + "outbox-plain")
    private List<String> parts = List.of();

    @Option(names = "--history", paramLabel = "N", defaultValue = "10000000",
            description = "settled orders that part history puts into the tables; 200000 with --quick unless given")
    private int history;

    @Option(names = "--quick", description = "two minutes: short measurements, one repeat, and JVMs with the simple "
            + "compiler, which warms up fast; limits, hub and outbox unless other parts are named; for comparing, "
            + "not for quoting")
    private boolean quick;

    @Option(names = "--profile", description = "record the JVMs into target/bench/*.jfr, and print where the last "
            + "subject that was measured spent its time; costs a few percent")
    private boolean profile;

    @Option(names = "--hub-java", paramLabel = "OPTIONS", defaultValue = HUB_JAVA,
            description = "options of the JVMs of hub and controls; those of ./hub serve unless given")
    private String hubJava;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    public static void main(String[] arguments) {
        System.setProperty("bench.directory", target().resolve("bench").toString());
        System.setProperty("logback.configurationFile", "bench/bench-logback.xml");
        // Initialized before any thread starts, because several threads could otherwise initialize it concurrently.
        LoggerFactory.getILoggerFactory();
        System.exit(new CommandLine(new Bench()).setExecutionExceptionHandler((failure, command, parsed) -> {
            LoggerFactory.getLogger(Bench.class).error("the run itself failed", failure);
            command.getErr().println("The run itself failed: " + failure + "; see target/bench/bench.log");
            return CommandLine.ExitCode.SOFTWARE;
        }).execute(arguments));
    }

    @Override
    public Integer call() {
        check(rate >= 0 && rate <= 100_000, "--rate must be 0 to 100000");
        check(seconds >= 2 && seconds <= 3_600, "--seconds must be 2 to 3600");
        check(repeats >= 1 && repeats <= 20, "--repeats must be 1 to 20");
        check(stores >= 1 && stores <= 1_000_000, "--stores must be 1 to 1000000");
        check(!parts().contains(BenchPlan.Part.LATENCY) || parts().contains(BenchPlan.Part.HUB),
                "--parts latency needs hub, whose highest rate it depends on");
        check(delivery >= 0 && delivery <= 1, "--delivery must be 0 to 1");
        check(history >= 10_000 && history <= 50_000_000, "--history must be 10000 to 50000000");
        check(!parts().contains(BenchPlan.Part.HISTORY) || delivery > 0 && delivery < 1,
                "--parts history needs orders of both kinds: --delivery above 0 and below 1");
        Path directory = target().resolve("bench");
        DirectoryLock lock;
        try {
            lock = DirectoryLock.of(directory);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        try (lock) {
            empty(directory);
            return run(plan(directory)) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BenchPlan plan(Path directory) {
        boolean secondsGiven = spec.commandLine().getParseResult().hasMatchedOption("--seconds");
        boolean repeatsGiven = spec.commandLine().getParseResult().hasMatchedOption("--repeats");
        boolean historyGiven = spec.commandLine().getParseResult().hasMatchedOption("--history");
        int measured = quick && !secondsGiven ? 3 : seconds;
        return new BenchPlan(directory, target().resolve("lucky-hub.jar"), quick ? SOON_WARM : List.of(),
                List.of(hubJava.split("\\s+")), quick ? List.of(40.0, 250.0) : WARM_UP,
                new OrderMix(stores, delivery), rate, RAMP, Duration.ofSeconds(quick ? Math.min(2, measured) : 10),
                Duration.ofSeconds(measured), quick && !repeatsGiven ? 1 : repeats, quick ? 3 : 18,
                quick ? Duration.ofMillis(700) : Duration.ofSeconds(3), parts(),
                quick ? new BrokerOutage.Times(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(15))
                        : new BrokerOutage.Times(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(120)),
                quick && !historyGiven ? 200_000 : history, profile);
    }

    private Set<BenchPlan.Part> parts() {
        if (parts.isEmpty()) {
            return quick ? QUICK : EnumSet.allOf(BenchPlan.Part.class);
        }
        try {
            return parts.stream().map(BenchPlan.Part::of)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(BenchPlan.Part.class)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--parts knows " + EnumSet.allOf(BenchPlan.Part.class));
        }
    }

    private boolean run(BenchPlan plan) {
        BenchResults findings = new BenchRun(plan, Bench::say).run();
        BenchReport report = new BenchReport(plan, "./hub bench " + String.join(" ",
                spec.commandLine().getParseResult().originalArgs()), findings);
        report.writeTo(plan.directory().resolve("report.json"));
        GrowthChart.of(findings).writeTo(plan.directory().resolve("growth.svg"));
        report.print();
        if (plan.profiled()) {
            findings.steps().stream().reduce((earlier, last) -> last).ifPresent(last -> {
                // The first process is the subject's, or the first of several.
                Path recording = plan.directory().resolve(last.cpu().keySet().iterator().next() + ".jfr");
                System.out.println(recording + ", the last window: " + CpuProfile.of(recording, last.begun(),
                        last.begun().plusMillis((long) (last.seconds() * 1e3))));
            });
        }
        return findings.isRight();
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static void say(String line) {
        System.out.println(LocalTime.now().format(CLOCK) + "  " + line);
    }

    /** The output directory of the build. */
    private static Path target() {
        String given = System.getenv().getOrDefault("HUB_TARGET_DIR", "");
        return Path.of(given.isBlank() ? "target" : given).toAbsolutePath().normalize();
    }

    private static void empty(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            for (Path one : all.filter(path -> !path.endsWith("lock") && !path.endsWith("bench.log")).toList()) {
                FileSystemUtils.deleteRecursively(one);
            }
        }
    }
}
