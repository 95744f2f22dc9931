package testbed;

import embedded.Broker;
import embedded.Ports;
import embedded.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hub apart from the one that the other tests share, whose database, broker and neighbours can each be cut off: they
 * stand behind proxies. It gives up a push, or a statement, after four seconds, so that nobody has to wait longer.
 */
public final class SeparateHub implements AutoCloseable {

    public final TcpProxy database;
    public final TcpProxy kafka;
    public final TcpProxy toBarista;
    public final TcpProxy toDispatch;
    public final NeighbourServer barista = new NeighbourServer();
    public final NeighbourServer dispatch = new NeighbourServer();
    public final NeighbourServer payment = new NeighbourServer();
    public final Messages messages;
    public final ConfigurableApplicationContext hub;

    private final SharedHub bed = SharedHub.shared();
    private final Broker broker;
    private final Map<String, String> properties = new LinkedHashMap<>();

    /** @param name of its database */
    public SeparateHub(String name) {
        this(name, Map.of());
    }

    /** @param different Spring properties of its own */
    public SeparateHub(String name, Map<String, String> different) {
        database = TcpProxy.before(bed.database().port());
        int listen = Ports.free();
        kafka = TcpProxy.before(listen);
        broker = Broker.start(Broker.Settings.in(directory(name)).behindProxy(listen, kafka.port()));
        toBarista = TcpProxy.before(port(barista));
        toDispatch = TcpProxy.before(port(dispatch));
        barista.answers("/tickets/estimates", request -> NeighbourAnswers.noTickets());
        dispatch.answers("/dispatch-times", NeighbourAnswers::dispatchTimes);
        dispatch.answers("/cancellations", NeighbourAnswers::cancelled);
        properties.put("spring.datasource.url", bed.database().createDatabase(name)
                .replace(":" + bed.database().port() + "/", ":" + database.port() + "/"));
        properties.put("spring.datasource.hikari.data-source-properties.socketTimeout", "4");
        properties.put("hub.kafka.brokers", "127.0.0.1:" + kafka.port());
        properties.put("hub.kafka.properties.delivery.timeout.ms", "4000");
        properties.put("hub.kafka.properties.request.timeout.ms", "3000");
        properties.put("barista.url", "http://127.0.0.1:" + toBarista.port());
        properties.put("dispatch.url", "http://127.0.0.1:" + toDispatch.port());
        properties.put("payment.url", payment.url());
        properties.putAll(different);
        allIsWell();
        try {
            hub = startHub(Map.of());
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        messages = new Messages(broker.brokers());
    }

    /** Another hub on the same broker and database. */
    public ConfigurableApplicationContext startHub(Map<String, String> different) {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.putAll(different);
        return bed.startHub(all);
    }

    /** Everything can be reached, and the neighbours answer as they should. */
    public void allIsWell() {
        database.pass();
        kafka.pass();
        toBarista.pass();
        toDispatch.pass();
        barista.answers("/estimates", NeighbourAnswers::readyAt);
        dispatch.answers("/estimates", NeighbourAnswers::deliveredAt);
    }

    public HubClient client() {
        return bed.client(hub);
    }

    /** Its database as the hub has it, through the proxy. */
    public JdbcClient jdbc() {
        return hub.getBean(JdbcClient.class);
    }

    /** Where its broker can always be reached. */
    public String brokers() {
        return broker.brokers();
    }

    @Override
    public void close() {
        allIsWell();
        messages.close();
        hub.close();
        broker.close();
        database.close();
        kafka.close();
        toBarista.close();
        toDispatch.close();
        barista.close();
        dispatch.close();
        payment.close();
    }

    private static int port(NeighbourServer neighbour) {
        return Integer.parseInt(neighbour.url().replaceFirst(".*:", ""));
    }

    private static Path directory(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "bed")), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
