package chaos;

import embedded.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./hub chaos}: breaks hub, broker, database and network under load and checks the promises. */
@Command(name = "hub chaos", sortOptions = false, showDefaultValues = true,
        description = {
            "Runs two hubs, a Kafka broker, a PostgreSQL and the simulated neighbours as processes of their own, and a "
                    + "stream of orders; kills, suspends and disconnects them; then repairs everything and checks, order by "
                    + "order and by the journals of customers and neighbours, that no order was lost and none made twice.",
            "All files are written below target/chaos, the findings into target/chaos/report.json."},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every promise was kept, and every fault that was to be met was met",
            "1:a promise was broken, or a fault was never met; with --mutants: a mutant went unnoticed",
            "2:an option is wrong, or another run uses the directory"})
public final class Chaos implements Callable<Integer> {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "1",
            description = "how long orders flow and nemeses strike; from 10 on, each nemesis strikes at least once")
    private double minutes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "seed of which nemesis strikes when, and which process")
    private long seed;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "orders a second")
    private double rate;

    @Option(names = "--only", paramLabel = "WORDS", description = "only the nemeses whose title contains these words, "
            + "as in \"database killed\"; may be given several times")
    private List<String> only = List.of();

    @Option(names = "--mutants", description = "test the check: run against hubs with a mistake built in, each of which "
            + "has to be noticed; all of them, or those named after the options")
    private boolean mutants;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "with --mutants: which ones")
    private List<String> names = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    public static void main(String[] arguments) {
        System.setProperty("chaos.directory", target().resolve("chaos").toString());
        System.setProperty("logback.configurationFile", "chaos/chaos-logback.xml");
        // Initialized before any thread starts, because several threads could otherwise initialize it concurrently.
        LoggerFactory.getILoggerFactory();
        System.exit(new CommandLine(new Chaos()).setExecutionExceptionHandler((failure, command, parsed) -> {
            LoggerFactory.getLogger(Chaos.class).error("the run itself failed", failure);
            command.getErr().println("The run itself failed, which says nothing of the hub: " 
                    + NestedExceptionUtils.getMostSpecificCause(failure));
            return CommandLine.ExitCode.SOFTWARE;
        }).execute(arguments));
    }

    @Override
    public Integer call() {
        if (!(minutes >= 0.1 && minutes <= 24 * 60)) {
            throw new ParameterException(spec.commandLine(), "--minutes must be 0.1 to 1440");
        }
        if (!(rate > 0 && rate <= 10_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0, to 10000 orders a second");
        }
        if (!mutants && !names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "names are for --mutants");
        }
        if (!only.stream().allMatch(words -> NemesisSchedule.all().stream().anyMatch(one -> one.title().contains(words)))) {
            throw new ParameterException(spec.commandLine(), "--only must name some of these: "
                    + String.join(", ", NemesisSchedule.all().stream().map(Nemesis::title).toList()));
        }
        Path directory = target().resolve("chaos");
        DirectoryLock lock;
        try {
            lock = DirectoryLock.of(directory);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        try (lock) {
            empty(directory);
            return (mutants ? hunt(directory) : run(directory)) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean run(Path directory) {
        Duration faults = Duration.ofMillis((long) (minutes * 60_000));
        ChaosPlan frame = new ChaosPlan(directory, target().resolve("classes"), faults, seed, rate,
                FaultMix.CONSTANT, List.of());
        ChaosPlan plan = frame.with(NemesisSchedule.of(faults, seed, frame, this::isWanted));
        NemesisSchedule.all().stream().filter(nemesis -> nemesis.cannotStrike() != null)
                .forEach(nemesis -> say("left out: " + nemesis.title() + ", as " + nemesis.cannotStrike()));
        Verdict verdict = new ChaosRun(plan, Chaos::say).execute();
        ChaosReport report = new ChaosReport(plan, minutes, verdict);
        report.writeTo(directory.resolve("report.json"));
        report.print();
        return verdict.good();
    }

    private boolean isWanted(Nemesis nemesis) {
        return only.isEmpty() || only.stream().anyMatch(nemesis.title()::contains);
    }

    private boolean hunt(Path directory) {
        List<Mutant> all = new ArrayList<>(List.of(Mutant.NONE));
        all.addAll(Mutant.all());
        List<String> known = all.stream().map(Mutant::name).toList();
        if (!known.containsAll(names)) {
            throw new ParameterException(spec.commandLine(), "there are the mutants " + String.join(", ", known));
        }
        Path mutantsDirectory = target().resolve("mutants");
        return new MutantHunt(new MutantBuilder(target().resolveSibling("src").resolve("main"), mutantsDirectory),
                directory.resolve("mutants"), seed, rate, Chaos::say)
                .run(all.stream().filter(mutant -> names.isEmpty() || names.contains(mutant.name())).toList());
    }

    private static void say(String line) {
        System.out.println(LocalTime.now().format(CLOCK) + "  " + line);
    }

    /** The output directory of the build. */
    private static Path target() {
        String given = System.getenv().getOrDefault("HUB_TARGET_DIR", "");
        return Path.of(given.isBlank() ? "target" : given).toAbsolutePath().normalize();
    }

    private static void empty(Path directory) {
        try {
            for (String name : List.of("kafka", "postgresql", "journals", "logs", "mutants", "report.json")) {
                FileSystemUtils.deleteRecursively(directory.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't empty " + directory, e);
        }
    }
}
