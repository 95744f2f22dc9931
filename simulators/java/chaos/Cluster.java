package chaos;

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
 * Everything that plays along, each in a process of its own but the load: broker, database, two hubs, the neighbours;
 * and what stands between them and can be broken.
 */
final class Cluster implements AutoCloseable {

    private static final int HUBS = 2;
    private static final String HOST = "127.0.0.1";

    /** A way that can be broken, for both hubs at once. */
    enum Way {
        TO_DATABASE, TO_BROKER, TO_BARISTA, TO_DISPATCH, TO_PAYMENT;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final ChaosPlan plan;
    private final RunSecrets secrets = RunSecrets.made();
    private final ProcessReaper warden = new ProcessReaper();
    private final Map<Way, TcpProxy> proxies = new EnumMap<>(Way.class);
    private final List<HubSite> hubs = new ArrayList<>();
    private final Postgres database;
    private final JvmProcess broker;
    private final JvmProcess neighbours;
    private final Map<String, URI> neighbourUrls;
    private final RoundRobinProxy front;
    private final Kafka kafka;

    Cluster(ChaosPlan plan) {
        this.plan = plan;
        PortAllocator harbour = new PortAllocator();
        int brokerPort = harbour.port();
        int proxiedPort = harbour.port();
        int paymentPort = harbour.port();
        int baristaPort = harbour.port();
        int dispatchPort = harbour.port();
        database = new Postgres(plan.directory().resolve("postgresql"), harbour.port(), warden);
        Map.of(Way.TO_DATABASE, database.port(), Way.TO_BROKER, proxiedPort, Way.TO_BARISTA, baristaPort,
                        Way.TO_DISPATCH, dispatchPort, Way.TO_PAYMENT, paymentPort)
                .forEach((way, port) -> proxies.put(way, TcpProxy.before(port, harbour.port())));
        List<Integer> hubPorts = new ArrayList<>();
        for (int i = 0; i < HUBS; i++) {
            hubPorts.add(harbour.port());
        }
        front = new RoundRobinProxy(hubPorts);
        neighbourUrls = Map.of("payment", url(paymentPort), "barista", url(baristaPort), "dispatch", url(dispatchPort));
        kafka = new Kafka(HOST + ":" + brokerPort);
        String all = System.getProperty("java.class.path");
        broker = actor("broker", all, List.of("-Xmx320m", "-Xms128m", BrokerProcess.class.getName(),
                plan.directory().resolve("kafka").toString(), "" + brokerPort, "" + proxiedPort,
                "" + proxies.get(Way.TO_BROKER).port()), Map.of());
        neighbours = actor("neighbours", all, List.of("-Xmx320m", NeighbourProcess.class.getName(),
                plan.journal("payment").getParent().toString(), "" + plan.seed(), HOST + ":" + brokerPort,
                hubUrl().toString(), "" + paymentPort, "" + baristaPort, "" + dispatchPort),
                Map.of(NeighbourProcess.KEY, secrets.callbackKey()));
        hubPorts.forEach(port -> hubs.add(hub(port, port == hubPorts.get(0) ? "hub-a" : "hub-b")));
    }

    /** Starts everything, side by side where nothing has to wait, and returns when both hubs take requests. */
    void open() {
        CompletableFuture<Void> stored = aside("PostgreSQL", database::start);
        CompletableFuture<Void> brokered = aside("Kafka", () -> {
            broker.start();
            kafka.awaitUp();
        });
        CompletableFuture<Void> ready = CompletableFuture.allOf(stored, brokered).thenRun(() -> {
            neighbours.start();
            // The database's password is known only now.
            hubs.forEach(this::revive);
            awaitHubs();
        });
        ready.join();
    }

    List<HubSite> hubs() {
        return hubs;
    }

    Postgres database() {
        return database;
    }

    JvmProcess broker() {
        return broker;
    }

    JvmProcess neighbours() {
        return neighbours;
    }

    Kafka kafka() {
        return kafka;
    }

    TcpProxy proxy(Way way) {
        return proxies.get(way);
    }

    RunSecrets secrets() {
        return secrets;
    }

    ChaosPlan plan() {
        return plan;
    }

    URI hubUrl() {
        return url(front.port());
    }

    /** @param name {@code payment}, {@code barista} or {@code dispatch}; straight, past the proxies */
    URI neighbourUrl(String name) {
        return neighbourUrls.get(name);
    }

    /** Starts a killed hub again. See {@link #awaitHubs}. */
    void revive(HubSite hub) {
        hub.process().start(databaseAccess());
    }

    /** As {@link #revive(HubSite)}. @param environment for this life only */
    void revive(HubSite hub, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(databaseAccess());
        all.putAll(environment);
        hub.process().start(all);
    }

    /** Returns when both hubs take requests. */
    void awaitHubs() {
        hubs.forEach(HubSite::awaitReady);
    }

    /** Whatever is down comes up, every way is open. @return the names of hubs that had died by themselves */
    List<String> heal() {
        proxies.values().forEach(TcpProxy::pass);
        if (!database.isAlive()) {
            database.start();
        }
        if (!broker.isAlive()) {
            broker.start();
            kafka.awaitUp();
        }
        if (!neighbours.isAlive()) {
            neighbours.start();
        }
        List<String> died = new ArrayList<>();
        for (HubSite hub : hubs) {
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
        hubs.stream().map(HubSite::process).filter(JvmProcess::isAlive).forEach(JvmProcess::kill);
        database.close();
        // The rest isn't ended in order: the next run begins anew.
        warden.close();
        front.close();
        hubs.forEach(HubSite::close);
        proxies.values().forEach(TcpProxy::close);
    }

    private Map<String, String> databaseAccess() {
        return Map.of("SPRING_DATASOURCE_PASSWORD", database.password());
    }

    private HubSite hub(int port, String name) {
        HubSite hub = new HubSite(port, proxies.get(Way.TO_DATABASE).port(), proxies.get(Way.TO_BARISTA).port());
        Map<String, String> properties = HubArguments.properties(secrets);
        properties.put("server.port", "" + port);
        properties.put("spring.datasource.url", "jdbc:postgresql://" + HOST + ":" + hub.databasePort()
                + "/hub?sslmode=disable&gssEncMode=disable");
        properties.put("spring.datasource.username", "postgres");
        properties.put("hub.kafka.brokers", HOST + ":" + proxies.get(Way.TO_BROKER).port());
        properties.put("barista.url", url(hub.baristaPort()).toString());
        properties.put("dispatch.url", url(proxies.get(Way.TO_DISPATCH).port()).toString());
        properties.put("payment.url", url(proxies.get(Way.TO_PAYMENT).port()).toString());
        List<String> arguments = new ArrayList<>(List.of("-Xmx256m", "hub.Hub"));
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return hub.played(actor(name, hubClassPath(), arguments, Map.of()));
    }

    private JvmProcess actor(String name, String classPath, List<String> arguments, Map<String, String> environment) {
        Path logs = plan.directory().resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> all = new ArrayList<>(arguments);
        all.add(0, "-XX:+UseSerialGC");
        if (plan.isShort() || name.startsWith("hub")) {
            // It is started more often than it runs for long.
            all.add(0, "-XX:TieredStopAtLevel=1");
        }
        return new JvmProcess(name, classPath, all, environment, logs.resolve(name + ".log"), warden);
    }

    /** As this JVM's, but for the hub's own classes, and without those of the stage and the tests. */
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
