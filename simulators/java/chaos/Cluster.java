package chaos;

import demo.Credentials;
import embedded.BrokerProcess;
import embedded.JvmProcess;
import embedded.PortAllocator;
import embedded.ProcessReaper;
import embedded.TcpProxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The processes of a run: broker, database, two hubs and the neighbours; and the proxies between them, by which connections
 * are broken. Only the load runs in this JVM.
 */
final class Cluster implements AutoCloseable {

    private static final int HUBS = 2;
    private static final String HOST = "127.0.0.1";

    /** Connections that can be broken, for both hubs at once. */
    enum Link {
        TO_DATABASE, TO_BROKER, TO_BARISTA, TO_DISPATCH, TO_PAYMENT;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final ChaosPlan plan;
    private final Credentials credentials = Credentials.made();
    private final ProcessReaper reaper = new ProcessReaper();
    private final Map<Link, TcpProxy> proxies = new EnumMap<>(Link.class);
    private final List<HubNode> hubs = new ArrayList<>();
    private final DatabaseServer database;
    private final JvmProcess broker;
    private final JvmProcess neighbours;
    private final Map<String, URI> neighbourUrls;
    private final InterceptingProxy hubProxy;
    private final KafkaAccess kafka;

    Cluster(ChaosPlan plan) {
        this.plan = plan;
        PortAllocator ports = new PortAllocator();
        int brokerPort = ports.port();
        int proxiedPort = ports.port();
        int paymentPort = ports.port();
        int baristaPort = ports.port();
        int dispatchPort = ports.port();
        database = new DatabaseServer(plan.directory().resolve("postgresql"), ports.port(), reaper);
        Map.of(Link.TO_DATABASE, database.port(), Link.TO_BROKER, proxiedPort, Link.TO_BARISTA, baristaPort,
                        Link.TO_DISPATCH, dispatchPort, Link.TO_PAYMENT, paymentPort)
                .forEach((link, port) -> proxies.put(link, TcpProxy.before(port, ports.port())));
        List<Integer> hubPorts = new ArrayList<>();
        for (int i = 0; i < HUBS; i++) {
            hubPorts.add(ports.port());
        }
        hubProxy = new InterceptingProxy(hubPorts, () -> InterceptingProxy.Interceptor.NONE);
        neighbourUrls = Map.of("payment", url(paymentPort), "barista", url(baristaPort), "dispatch", url(dispatchPort));
        kafka = new KafkaAccess(HOST + ":" + brokerPort);
        String all = System.getProperty("java.class.path");
        broker = jvm("broker", all, List.of("-Xmx320m", "-Xms128m", BrokerProcess.class.getName(),
                plan.directory().resolve("kafka").toString(), "" + brokerPort, "" + proxiedPort,
                "" + proxies.get(Link.TO_BROKER).port()), Map.of());
        neighbours = jvm("neighbours", all, List.of("-Xmx320m", NeighbourProcess.class.getName(),
                plan.journal("payment").getParent().toString(), "" + plan.seed(), HOST + ":" + brokerPort,
                hubUrl().toString(), "" + paymentPort, "" + baristaPort, "" + dispatchPort),
                Map.of(NeighbourProcess.KEY, credentials.callbackKey()));
        hubPorts.forEach(port -> hubs.add(hub(port, port == hubPorts.get(0) ? "hub-a" : "hub-b")));
    }

    /** Starts all processes, concurrently where possible, and returns when both hubs take requests. */
    void open() {
        CompletableFuture<Void> stored = aside("PostgreSQL", database::start);
        CompletableFuture<Void> brokered = aside("Kafka", () -> {
            broker.start();
            awaitBroker();
        });
        CompletableFuture<Void> ready = CompletableFuture.allOf(stored, brokered).thenRun(() -> {
            neighbours.start();
            // The database's password is known only when it has started.
            hubs.forEach(this::revive);
            awaitHubs();
        });
        ready.join();
    }

    List<HubNode> hubs() {
        return hubs;
    }

    DatabaseServer database() {
        return database;
    }

    JvmProcess broker() {
        return broker;
    }

    JvmProcess neighbours() {
        return neighbours;
    }

    KafkaAccess kafka() {
        return kafka;
    }

    TcpProxy proxy(Link link) {
        return proxies.get(link);
    }

    Credentials credentials() {
        return credentials;
    }

    ChaosPlan plan() {
        return plan;
    }

    URI hubUrl() {
        return url(hubProxy.port());
    }

    /** The address of a neighbour, past the proxies. @param name {@code payment}, {@code barista} or {@code dispatch} */
    URI neighbourUrl(String name) {
        return neighbourUrls.get(name);
    }

    /** Starts a killed hub again. See {@link #awaitHubs}. */
    void revive(HubNode hub) {
        hub.process().start(databaseAccess());
    }

    /** As {@link #revive(HubNode)}. @param environment further variables for this start only */
    void revive(HubNode hub, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(databaseAccess());
        all.putAll(environment);
        hub.process().start(all);
    }

    /** Returns when both hubs take requests. */
    void awaitHubs() {
        hubs.forEach(HubNode::awaitReady);
    }

    /** Returns when the broker answers. */
    void awaitBroker() {
        broker.await(kafka::answers, Duration.ofSeconds(60));
    }

    /** Starts what is down and opens all connections. @return a sentence about each hub that had ended by itself */
    List<String> heal() {
        proxies.values().forEach(TcpProxy::pass);
        if (!database.isAlive()) {
            database.start();
        }
        if (!broker.isAlive()) {
            broker.start();
            awaitBroker();
        }
        if (!neighbours.isAlive()) {
            neighbours.start();
        }
        List<String> died = new ArrayList<>();
        for (HubNode hub : hubs) {
            if (!hub.process().isAlive()) {
                if (hub.process().diedByItself()) {
                    died.add(hub.name() + " ended by itself with " + hub.process().exitCode());
                }
                revive(hub);
            }
        }
        return died;
    }

    @Override
    public void close() {
        hubs.stream().map(HubNode::process).filter(JvmProcess::isAlive).forEach(JvmProcess::kill);
        database.close();
        // The other processes are killed: the next run begins with empty directories.
        reaper.close();
        hubProxy.close();
        hubs.forEach(HubNode::close);
        proxies.values().forEach(TcpProxy::close);
    }

    private Map<String, String> databaseAccess() {
        return Map.of("SPRING_DATASOURCE_PASSWORD", database.password());
    }

    private HubNode hub(int port, String name) {
        HubNode hub = new HubNode(port, proxies.get(Link.TO_DATABASE).port(), proxies.get(Link.TO_BARISTA).port());
        Map<String, String> properties = HubArguments.properties(credentials);
        properties.put("server.port", "" + port);
        properties.put("spring.datasource.url", "jdbc:postgresql://" + HOST + ":" + hub.databasePort()
                + "/hub?sslmode=disable&gssEncMode=disable");
        properties.put("spring.datasource.username", "postgres");
        properties.put("hub.kafka.brokers", HOST + ":" + proxies.get(Link.TO_BROKER).port());
        properties.put("barista.url", url(hub.baristaPort()).toString());
        properties.put("dispatch.url", url(proxies.get(Link.TO_DISPATCH).port()).toString());
        properties.put("payment.url", url(proxies.get(Link.TO_PAYMENT).port()).toString());
        List<String> arguments = new ArrayList<>(List.of("-Xmx256m", "hub.Hub"));
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return hub.runBy(jvm(name, hubClassPath(), arguments, Map.of()));
    }

    private JvmProcess jvm(String name, String classPath, List<String> arguments, Map<String, String> environment) {
        Path logs = plan.directory().resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> all = new ArrayList<>(arguments);
        all.add(0, "-XX:+UseSerialGC");
        if (plan.isShort() || name.startsWith("hub")) {
            // Its start-up time matters more than its peak speed.
            all.add(0, "-XX:TieredStopAtLevel=1");
        }
        return new JvmProcess(name, classPath, all, environment, logs.resolve(name + ".log"), reaper);
    }

    /** The hub's classes and the jars of this JVM's class path, without the classes of simulators and tests. */
    private String hubClassPath() {
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")).collect(Collectors.joining(File.pathSeparator));
        return plan.hubClasses() + File.pathSeparator + jars;
    }

    private static CompletableFuture<Void> aside(String name, Runnable start) {
        return CompletableFuture.runAsync(start, work -> {
            Thread thread = new Thread(work, "starts-" + name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static URI url(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }
}
