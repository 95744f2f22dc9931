package bench;

import bench.outbox.OutboxService;
import demo.Credentials;
import embedded.Broker;
import embedded.BrokerProcess;
import embedded.Database;
import embedded.JvmProcess;
import embedded.PortAllocator;
import embedded.ProcessReaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The processes of a run: broker, database, neighbours, and the subject that is measured. */
final class BenchCluster implements AutoCloseable {

    static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_END = Duration.ofSeconds(40);

    private final BenchPlan plan;
    private final Credentials credentials = Credentials.made();
    private final ProcessReaper reaper = new ProcessReaper();
    private final PortAllocator ports = new PortAllocator();
    private final int brokerPort = ports.port();
    private final int paymentPort = ports.port();
    private final int baristaPort = ports.port();
    private final int dispatchPort = ports.port();
    private final JvmProcess broker;
    private final JvmProcess neighbours;
    private Database database;

    BenchCluster(BenchPlan plan) {
        this.plan = plan;
        String all = System.getProperty("java.class.path");
        broker = jvm("kafka", List.of("-XX:+UseParallelGC", "-Xms256m", "-Xmx512m", BrokerProcess.class.getName(),
                plan.directory().resolve("kafka").toString(), "" + brokerPort), Map.of(), all);
        // Neighbours keep every order, a million a subject; with a small heap their garbage collection would be measured.
        neighbours = jvm("neighbours", List.of("-XX:+UseParallelGC", "-Xms256m", "-Xmx3g", BenchNeighbours.class.getName(),
                brokers(), "" + paymentPort, "" + baristaPort, "" + dispatchPort),
                Map.of(BenchNeighbours.KEY, credentials.callbackKey()), all);
    }

    /** Starts broker and database, which all subjects share, and returns when both answer. */
    void open() {
        broker.start();
        // The commit timestamp of a row says when the ledger has applied an event.
        database = Database.start(plan.directory().resolve("postgresql"), ports.port(),
                Map.of("track_commit_timestamp", "on"));
        reaper.watch(database.process());
        awaitBroker();
        BenchTopics.make(brokers());
    }

    /** Kills the broker (SIGKILL). Its unflushed writes are in the page cache and so survive. */
    void killBroker() {
        broker.kill();
    }

    /** Starts the broker and returns when it answers. */
    void startBroker() {
        broker.start();
        awaitBroker();
    }

    private void awaitBroker() {
        broker.await(() -> Broker.answers(brokers()), LONGEST_START);
    }

    String brokers() {
        return HOST + ":" + brokerPort;
    }

    Credentials credentials() {
        return credentials;
    }

    Database database() {
        return database;
    }

    /** A connection to a database of the server; the caller closes it. */
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, database.user(), database.password());
    }

    /** The processes beside the subject's, by name, including this JVM, which has the load. */
    Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        processes.put("postgresql", database.process());
        processes.put("kafka", broker.handle());
        processes.put("neighbours", neighbours.handle());
        processes.put("load", ProcessHandle.current());
        return processes;
    }

    /** The hub as it is shipped. @param further settings beside the shipped ones */
    Subject hub(String name, String tag, Map<String, String> further) {
        String url = database.createDatabase("of_" + name);
        return hubs(name, tag, url, List.of(process(name, url, further)));
    }

    /** Several hubs as they are shipped, which share database and broker. */
    Subject hubs(String name, String tag, int count) {
        String url = database.createDatabase("of_" + name);
        return hubs(name, tag, url, IntStream.rangeClosed(1, count)
                .mapToObj(number -> process(name + "-" + number, url, Map.of())).toList());
    }

    private static Subject hubs(String name, String tag, String url, List<Server> servers) {
        return new Subject(name, tag, servers, url, Subject.SEED_OF_HUB, Subject.ENDS_OF_HUB);
    }

    private Server process(String name, String url, Map<String, String> further) {
        int port = ports.port();
        int management = ports.port();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.address", HOST);
        properties.put("server.port", "" + port);
        properties.put("management.server.port", "" + management);
        properties.put("spring.datasource.url", url);
        properties.put("spring.datasource.username", database.user());
        properties.put("hub.kafka.brokers", brokers());
        properties.put("payment.url", url(paymentPort).toString());
        properties.put("barista.url", url(baristaPort).toString());
        properties.put("dispatch.url", url(dispatchPort).toString());
        properties.putAll(further);
        List<String> arguments = new ArrayList<>(plan.hubJava());
        arguments.addAll(List.of("-jar", plan.hubJar().toString()));
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        JvmProcess process = jvm(name, arguments, Map.of("SPRING_DATASOURCE_PASSWORD", database.password(),
                "HUB_TOKENS_OPERATOR", credentials.operator().value(), "HUB_TOKENS_SHOP", credentials.shop(),
                "HUB_TOKENS_BARISTA", credentials.barista(), "HUB_TOKENS_DISPATCH", credentials.dispatch(),
                "HUB_CALLBACK_KEYS", credentials.callbackKey()), "");
        return new Server(process, port, url(management).resolve("/actuator/metrics/hub.orders.settled"));
    }

    /** The control with a transactional outbox. @param rows that its relay takes at once */
    Subject outbox(String name, String tag, int rows) {
        String url = database.createDatabase("of_" + name);
        int port = ports.port();
        List<String> arguments = new ArrayList<>(plan.hubJava());
        arguments.addAll(List.of(OutboxService.class.getName(), "" + port, url, database.user(), brokers(), "" + rows));
        JvmProcess process = jvm(name, arguments, Map.of(OutboxService.PASSWORD, database.password(),
                OutboxService.KEY, credentials.callbackKey()), System.getProperty("java.class.path"));
        return new Subject(name, tag, List.of(new Server(process, port, url(port).resolve("/settled"))), url,
                Subject.SEED_OF_OUTBOX, Subject.ENDS_OF_OUTBOX);
    }

    /** Starts new neighbours and the subject, and returns when all its processes take requests. */
    void start(Subject subject) {
        neighbours.start();
        subject.servers().forEach(server -> server.process().start());
        subject.servers().forEach(BenchCluster::awaitReady);
    }

    private static void awaitReady(Server server) {
        server.process().await(() -> ControlRequests.isGood(server.at("/readyz")), LONGEST_START);
    }

    /** Ends the subject and the neighbours and drops its database, so that each subject starts under the same conditions. */
    void end(Subject subject) {
        subject.servers().forEach(server -> server.process().end(LONGEST_END));
        neighbours.end(LONGEST_END);
        drop("of_" + subject.name());
    }

    /** Drops a database and returns when all dirty pages are on disk. */
    void drop(String name) {
        try (Connection connection = connect(database.url()); Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " can't be dropped", e);
        }
    }

    /** Ends all processes; when the run is profiled, the broker in order, so that its recording is written. */
    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
        if (broker.isAlive() && plan.profiled()) {
            broker.end(LONGEST_END);
        }
        reaper.close();
    }

    private JvmProcess jvm(String name, List<String> arguments, Map<String, String> environment, String classPath) {
        Path logs = plan.directory().resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> all = new ArrayList<>();
        if (plan.profiled()) {
            all.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + plan.directory().resolve(name + ".jfr"));
        }
        all.addAll(plan.everyJava());
        all.addAll(arguments);
        return new JvmProcess(name, classPath, all, environment, logs.resolve(name + ".log"), reaper);
    }

    private static URI url(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }
}
