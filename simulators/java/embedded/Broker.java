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
 * <p>Records and committed offsets stay in the directory and are there again after a restart on it. Topics are never
 * created by mere use.
 */
public final class Broker implements AutoCloseable {

    /**
     * @param directory where the broker keeps its data; created if absent
     * @param port      the listener of its clients; 0 takes a free one
     * @param proxied   a second listener to be reached through a proxy; null for none
     * @param more      properties of the broker that are set in place of these here, or beside them
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
         * Adds a listener on {@code listenPort} that tells its clients to come back on {@code advertisedPort}, where
         * a {@link TcpProxy} stands before it. Without that, clients learn the real port and walk around the proxy.
         * To an authorizer, which allows what no ACL is about, its clients are {@link #PROXIED_USER}; those of the other
         * listener may do everything, ACLs included.
         */
        public Settings behindProxy(int listenPort, int advertisedPort) {
            return new Settings(directory, port, new Proxied(listenPort, advertisedPort), more);
        }
    }

    /** A listener that advertises another port than its own. */
    public record Proxied(int listenPort, int advertisedPort) {
    }

    /** The principal of all clients that come by the proxied listener. */
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
     * @throws IllegalStateException when the directory can't be formatted or the broker doesn't start, for one
     *                               because another broker holds the directory or the port
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

    /** What clients connect to: {@code host:port}. */
    public String brokers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Ends the broker in order and waits for it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static Properties properties(Settings settings, int port) {
        // The quorum is the static one of this file, so that its port may be another one after each restart.
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

        // A broker that was killed is let in again when its old session has ended: by default that takes 9 s.
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

        // It shares two cores and one heap with everything else: the cleaner alone would take 128 MiB by default.
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
