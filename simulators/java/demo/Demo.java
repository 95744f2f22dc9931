package demo;

import embedded.DirectoryLock;
import embedded.Postmaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import simulators.faults.Rule;
import simulators.shop.Shop;

/** {@code ./hub demo}: the whole diagram on one machine. */
@Command(name = "hub demo", sortOptions = false, showDefaultValues = true,
        description = {
            "Starts a Kafka broker, a PostgreSQL, the hub and its simulated neighbours, and runs a steady stream of "
                    + "orders through them until Ctrl-C.",
            "The tokens of viewer, operator and deployer are taken from HUB_VIEWER_TOKEN, HUB_TOKEN and "
                    + "HUB_DEPLOYER_TOKEN, or generated. Data is kept in .demo (or HUB_DEMO_DIR)."},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:ended by Ctrl-C; with --seconds: every order has settled, and once",
            "1:with --seconds: an order was lost, made twice or left unsettled; or a part did not start",
            "2:an option is wrong, or a port or the data is in use"})
public final class Demo implements Callable<Integer> {

    private static final String LOGGING = "demo/demo-logback.xml";

    /** The data of a demo. {@code --fresh} deletes these and nothing else, because HUB_DEMO_DIR may name any directory. */
    private static final List<String> KEPT = List.of("kafka", "postgresql", "journals", "callback.key");

    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "5", description = "orders a second")
    private double rate;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080",
            description = "the API's port; the seven ports after it are used for the other parts")
    private int port;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "seed of what customers order and of the faults of the neighbours")
    private long seed;

    @Option(names = "--seconds", paramLabel = "N",
            description = "stop the stream after N seconds, wait until every order has settled, and check by the "
                    + "neighbours' journals that none is lost or doubled")
    private Integer seconds;

    @Option(names = "--settle-within", paramLabel = "TIME", defaultValue = "120s", converter = Time.class,
            description = "with --seconds: how long to wait for that at most, as in 30s or 2m")
    private Duration settleWithin;

    @Option(names = "--fresh", description = "delete the data of earlier runs first")
    private boolean fresh;

    @Option(names = "--fault", paramLabel = "WHO:FAULT=RATE", showDefaultValue = Visibility.NEVER, description = {
        "a fault of a neighbour from the start; may be repeated: payment, barista or dispatch, then NAME=RATE"
                + "[@CHANNEL][:LENGTH], e.g. barista:double=0.1 or dispatch:delay=0.2@events-out:3s. "
                + "Faults can be changed at run time, too: PUT /faults of each neighbour"})
    private List<String> faults = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text")
    private boolean help;

    private volatile boolean stopping;

    public static void main(String[] arguments) {
        logIntoFile();
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() {
        DemoPorts ports = ports();
        Map<String, List<Rule>> rules = rules();
        if (!(rate >= 0 && rate <= 100_000)) {
            throw new ParameterException(spec.commandLine(), "--rate must be 0 to 100000 orders a second");
        }
        if (seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be 1 or more");
        }
        DirectoryLock lock;
        try {
            lock = DirectoryLock.of(directory());
        } catch (IllegalStateException e) {
            return refuse(e.getMessage() + " (or set HUB_DEMO_DIR to another directory)");
        }
        // A database server that a killed demo left running still has its port.
        new Postmaster(directory().resolve("postgresql").resolve("data")).stop();
        Optional<String> trouble = ports.trouble();
        if (trouble.isPresent()) {
            lock.close();
            return refuse(trouble.get());
        }
        if (fresh) {
            deleteKept();
        }
        return run(lock, new DemoCluster.Settings(directory(), ports, Credentials.of(System.getenv(), directory()), seed,
                rate, rules));
    }

    private int run(DirectoryLock lock, DemoCluster.Settings settings) {
        long begun = System.nanoTime();
        System.out.println("Starting Kafka, PostgreSQL, the hub and its neighbours …");
        DemoCluster cluster = new DemoCluster(settings);
        DemoRun stream = new DemoRun(settings, cluster.tally());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            System.out.println("Stopping …");
            stream.close();
            cluster.close();
            lock.close();
            System.out.println("Stopped.");
        }, "stops-demo"));
        Shop shop;
        try {
            shop = cluster.open();
        } catch (RuntimeException e) {
            if (stopping) {
                return CommandLine.ExitCode.OK;
            }
            LoggerFactory.getLogger(Demo.class).info("a part did not start", e);
            System.err.println("The demo did not start: " + reason(e) + "\nSee " + directory().resolve("demo.log"));
            return CommandLine.ExitCode.SOFTWARE;
        }
        StartupSummary.print(settings, Duration.ofNanos(System.nanoTime() - begun));
        return stream.run(shop, seconds == null ? null : Duration.ofSeconds(seconds), settleWithin)
                ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return DurationStyle.SIMPLE.parse(text, ChronoUnit.SECONDS);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no time such as 30s or 2m");
            }
        }
    }

    private DemoPorts ports() {
        try {
            return new DemoPorts(port);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Map<String, List<Rule>> rules() {
        Map<String, List<Rule>> rules = new HashMap<>();
        for (String fault : faults) {
            String[] parts = fault.split(":", 2);
            if (parts.length < 2 || !List.of("payment", "barista", "dispatch").contains(parts[0])) {
                throw new ParameterException(spec.commandLine(),
                        "--fault " + fault + ": begin with payment:, barista: or dispatch:");
            }
            try {
                rules.computeIfAbsent(parts[0], who -> new ArrayList<>())
                        .add(Rule.parse(parts[1]));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--fault " + fault + ": " + e.getMessage());
            }
        }
        return rules;
    }

    private void deleteKept() {
        try {
            for (String name : KEPT) {
                FileSystemUtils.deleteRecursively(directory().resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete the data of earlier runs in " + directory(), e);
        }
    }

    /**
     * Logs into a file beside the data, the hub's log too. Set up before any part starts, and once: Spring is not to
     * reset it.
     */
    private static void logIntoFile() {
        System.setProperty("demo.directory", directory().toString());
        System.setProperty("logback.configurationFile", LOGGING);
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static int refuse(String why) {
        System.err.println(why);
        return CommandLine.ExitCode.USAGE;
    }

    private static String reason(Throwable thrown) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
        if (cause instanceof BindException) {
            // It was free when the demo checked.
            return "another program has taken one of its ports; start it again, or choose other ports with --port N";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static Path directory() {
        String given = System.getenv().getOrDefault("HUB_DEMO_DIR", "");
        return Path.of(given.isBlank() ? ".demo" : given).toAbsolutePath().normalize();
    }
}
