package embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A real Kafka broker in this JVM: KRaft, one node that is its own controller, listening on 127.0.0.1 only.
 *
 * <p>Records and committed offsets stay in the directory and are there again after a restart on it. Topics are not created
 * automatically.
 *
 * <pre>
 * try (Broker broker = Broker.start(Broker.Settings.in(directory))) {
 *     clients.put("bootstrap.servers", broker.brokers());
 * }
 * </pre>
 */
public final class Broker implements AutoCloseable {

    /**
     * @param directory where the broker keeps its data; created if absent
     * @param port      the listener of its clients; 0 takes a free one
     * @param proxied   a second listener that is reached through a proxy; null for none
     * @param more      further broker properties; they take precedence over the defaults of this class
     */
    public record Settings(Path directory, int port, Proxied proxied, Map<String, String> more) {

        public static Settings in(Path directory) {
            return new Settings(directory, 0, null, Map.of());
        }

        public Settings onPort(int port) {
            return new Settings(directory, port, proxied, more);
        }

        public Settings with(Map<String, String> properties) {
            return new Settings(directory, port, proxied, properties);
        }

        /**
         * Adds a listener on {@code listenPort} that advertises {@code advertisedPort}, the port of a {@link TcpProxy}
         * before it. Without that, clients learn the real port and connect past the proxy. Clients of this listener have the
         * principal {@link #PROXIED_USER} and may do what no ACL denies; those of the other listener are superusers.
         */
        public Settings behindProxy(int listenPort, int advertisedPort) {
            return new Settings(directory, port, new Proxied(listenPort, advertisedPort), more);
        }
    }

    /** A listener that advertises another port than its own. */
    public record Proxied(int listenPort, int advertisedPort) {
    }

    /** The principal of all clients of the proxied listener. */
    public static final String PROXIED_USER = "User:PROXIED";

    private static final String HOST = "127.0.0.1";

    private final int port;
    private final KafkaRaftServer server;
    private boolean closed;

    private Broker(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @throws IllegalStateException when the directory can't be formatted or the broker doesn't start, for example
     *                               because another broker uses the directory or the port
     */
    public static Broker start(Settings settings) {
        int port = settings.port() == 0 ? Ports.free() : settings.port();
        Properties properties = properties(settings, port);
        formatOnce(settings.directory(), properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IllegalStateException("Kafka did not start in " + settings.directory() + " on port " + port, e);
        }
        return new Broker(port, server);
    }

    /** Whether a broker answers at this address, within two seconds. */
    public static boolean answers(String brokers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers, "default.api.timeout.ms", "3000",
                "request.timeout.ms", "2000"))) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** The bootstrap address for clients: {@code host:port}. */
    public String brokers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Shuts the broker down and returns when it has ended. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static Properties properties(Settings settings, int port) {
        // A static quorum, because the controller's port is a new one after each restart.
        int controllerPort = Ports.free();
        String listeners = "CLIENTS://%s:%d".formatted(HOST, port);
        String advertised = listeners;
        if (settings.proxied() != null) {
            listeners += ",PROXIED://%s:%d".formatted(HOST, settings.proxied().listenPort());
            advertised += ",PROXIED://%s:%d".formatted(HOST, settings.proxied().advertisedPort());
        }
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("log.dirs", data(settings.directory()).toString());
        p.setProperty("listeners", listeners + ",CONTROLLER://%s:%d".formatted(HOST, controllerPort));
        p.setProperty("advertised.listeners", advertised);
        p.setProperty("listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        if (settings.proxied() != null) {
            p.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
            p.setProperty("principal.builder.class", ListenerPrincipals.class.getName());
            p.setProperty("super.users", "User:CLIENTS;User:CONTROLLER");
            p.setProperty("allow.everyone.if.no.acl.found", "true");
        }
        p.setProperty("inter.broker.listener.name", "CLIENTS");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort));

        // A killed broker can register again only when its old session has expired, by default after 9 s.
        p.setProperty("broker.session.timeout.ms", "2000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("auto.create.topics.enable", "false");

        // One node: no replicas, and no fifty partitions for a handful of groups.
        p.setProperty("default.replication.factor", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "4");

        // The broker shares two cores and one heap with the other parts; the log cleaner alone takes 128 MiB by default.
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        p.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.putAll(settings.more());
        return p;
    }

    private static Path data(Path directory) {
        return directory.toAbsolutePath().resolve("data");
    }

    private static void formatOnce(Path directory, Properties properties) {
        if (Files.exists(data(directory).resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit;
        try {
            Files.createDirectories(data(directory));
            Path file = directory.resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            exit = StorageTool.execute(
                    new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()},
                    new PrintStream(said, true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write into " + directory, e);
        }
        if (exit != 0) {
            throw new IllegalStateException(
                    "Kafka could not format " + directory + ": " + said.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
