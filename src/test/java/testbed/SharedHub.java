package testbed;

import embedded.Broker;
import embedded.Database;
import embedded.StartedParts;
import hub.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The hub as it is shipped, on a real broker and a real database, between neighbours that tests play by hand. Started
 * with the first test that asks for it, shared by all, ended with the JVM. Tests keep apart by order and store ids of
 * their own.
 */
public final class SharedHub {

    public static final String VIEWER = "viewer-token-of-the-test-bed";
    public static final String OPERATOR = "operator-token-of-the-test-bed";
    public static final String DEPLOYER = "deployer-token-of-the-test-bed";
    public static final String SHOP = "shop-token-of-the-test-bed";
    public static final String BARISTA = "barista-token-of-the-test-bed";
    public static final String DISPATCH = "dispatch-token-of-the-test-bed";
    /** The second is the one that payments are signed with: the first stands for the key being retired. */
    public static final List<String> KEYS = List.of("whsec_b2xkLWtleS1vbGQta2V5LW9sZC1rZXktb2xkLWtleS0=",
            "whsec_bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleS0=");

    private static SharedHub shared;

    private final StartedParts opened = new StartedParts();
    private final Database database;
    private final Broker broker;
    private final NeighbourServer barista = new NeighbourServer();
    private final NeighbourServer dispatch = new NeighbourServer();
    private final NeighbourServer payment = new NeighbourServer();
    private final IssuerServer issuer = new IssuerServer();
    private final ConfigurableApplicationContext hub;
    private final Messages messages;

    public static synchronized SharedHub shared() {
        if (shared == null) {
            Awaitility.setDefaultPollDelay(Duration.ZERO);
            Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
            Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
            shared = new SharedHub(directory(), Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(shared.opened::close));
        }
        return shared;
    }

    /** If any of it doesn't start, what has started is ended. @param different properties of its hub */
    SharedHub(Path directory, Map<String, String> different) {
        neighboursAnswer();
        try {
            CompletableFuture<Database> postgres = opened.open("PostgreSQL",
                    () -> Database.start(directory.resolve("postgresql"), 0));
            CompletableFuture<Broker> kafka = opened.open("Kafka",
                    () -> Broker.start(Broker.Settings.in(directory.resolve("kafka"))));
            List.of(barista, dispatch, payment, issuer).forEach(neighbour -> opened.open("neighbour", () -> neighbour));
            database = postgres.join();
            broker = kafka.join();
            hub = opened.open("hub", () -> startHub(different)).join();
            messages = opened.open("messages", () -> new Messages(kafka.join().brokers())).join();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void neighboursAnswer() {
        barista.answers("/estimates", NeighbourAnswers::readyAt);
        barista.answers("/tickets/estimates", request -> NeighbourAnswers.noTickets());
        barista.answers("/orders", request -> NeighbourAnswers.noneDecided());
        barista.answers("/tickets/states", request -> NeighbourAnswers.noTicketStates());
        barista.answers("/cancellations", request -> NeighbourAnswers.noDecisions());
        dispatch.answers("/estimates", NeighbourAnswers::deliveredAt);
        dispatch.answers("/dispatch-times", NeighbourAnswers::dispatchTimes);
        dispatch.answers("/cancellations", NeighbourAnswers::cancelled);
        dispatch.answers("/notes", request -> NeighbourAnswers.noNotes());
        dispatch.answers("/deliveries/states", request -> NeighbourAnswers.noDeliveries());
        payment.answers("/payments/queries", request -> NeighbourAnswers.nothingOfPayments());
    }

    /** Another hub beside the shared one, on the same broker and database but for the properties given. */
    public ConfigurableApplicationContext startHub(Map<String, String> different) {
        Map<String, String> properties = new LinkedHashMap<>(properties());
        properties.putAll(different);
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(Hub.class).registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    /** What a hub needs to run here, as Spring properties. Its ports are free ones. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("hub.kafka.brokers", broker.brokers());
        properties.put("barista.url", barista.url());
        properties.put("dispatch.url", dispatch.url());
        properties.put("payment.url", payment.url());
        properties.put("hub.tokens.viewer", VIEWER);
        properties.put("hub.tokens.operator", OPERATOR);
        properties.put("hub.tokens.deployer", DEPLOYER);
        properties.put("hub.tokens.shop", SHOP);
        properties.put("hub.tokens.barista", BARISTA);
        properties.put("hub.tokens.dispatch", DISPATCH);
        properties.put("hub.oidc.issuer", issuer.url());
        properties.put("hub.oidc.audience", IssuerServer.AUDIENCE);
        properties.put("hub.oidc.roles", "realm_access.roles");
        properties.put("hub.callback.keys", String.join(",", KEYS));
        properties.put("logging.level.ledger", "WARN");
        return properties;
    }

    public HubClient client() {
        return client(hub);
    }

    public HubClient client(ConfigurableApplicationContext context) {
        return new HubClient(Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
    }

    public ConfigurableApplicationContext hub() {
        return hub;
    }

    /** What is on the topics. */
    public Messages messages() {
        return messages;
    }

    public NeighbourServer barista() {
        return barista;
    }

    public NeighbourServer dispatch() {
        return dispatch;
    }

    public NeighbourServer payment() {
        return payment;
    }

    /** Whose tokens the hub takes beside those above. */
    public IssuerServer issuer() {
        return issuer;
    }

    public Database database() {
        return database;
    }

    public Broker broker() {
        return broker;
    }

    public JdbcClient jdbc() {
        return hub.getBean(JdbcClient.class);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "bed")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
