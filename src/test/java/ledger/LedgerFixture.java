package ledger;

import com.zaxxer.hikari.HikariDataSource;
import contract.Kind;
import embedded.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import ledger.order.Debt;
import ledger.order.Estimate;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.OrderFixture;
import ledger.order.Outcome;
import ledger.order.Patience;
import org.flywaydb.core.Flyway;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** A ledger on a real PostgreSQL, one for all tests of this JVM. Each test begins with {@link #empty()}. */
final class LedgerFixture {

    static final Estimate READY = new Estimate(Instant.parse("2026-05-01T12:10:00Z"), "barista", Instant.EPOCH);
    static final Estimate DELIVERED = new Estimate(Instant.parse("2026-05-01T12:40:00Z"), "dispatch", Instant.EPOCH);

    private static LedgerFixture shared;

    private final Database database;
    private final String name;
    private final HikariDataSource source = new HikariDataSource();
    private final NamedParameterJdbcOperations named;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AtomicInteger lostRaces = new AtomicInteger();
    private final RecordingAnnouncer recorder = new RecordingAnnouncer(this::committedVersion);
    private final Ledger ledger;
    private final OrderQueries queries;
    private final WorkQueues queues;

    static synchronized LedgerFixture shared() {
        if (shared == null) {
            Path home = home();
            Database database = Database.start(home, 0);
            shared = new LedgerFixture(database, "ledger");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                shared.close();
                database.close();
                FileSystemUtils.deleteRecursively(home.toFile());
            }));
        }
        return shared;
    }

    /** Another ledger on the same server, for a test that fills it. */
    LedgerFixture beside(String otherName) {
        return new LedgerFixture(database, otherName);
    }

    private LedgerFixture(Database database, String name) {
        this.database = database;
        this.name = name;
        source.setJdbcUrl(database.createDatabase(name));
        source.setUsername(database.user());
        source.setPassword(database.password());
        source.setMaximumPoolSize(8);
        Flyway.configure().dataSource(source).load().migrate();
        named = new NamedParameterJdbcTemplate(source);
        jdbc = JdbcClient.create(named);
        transaction = new CountingTransactions(new JdbcTransactionManager(source));
        ledger = ledger(OrderFixture.PATIENCE);
        queries = new OrderQueries(named);
        queues = new WorkQueues(named, transaction);
    }

    void close() {
        source.close();
    }

    private static Path home() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "ledger-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts what the ledger's own second attempts would hide. */
    private final class CountingTransactions extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        CountingTransactions(JdbcTransactionManager manager) {
            super(manager);
        }

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            try {
                return super.execute(action);
            } catch (ConcurrencyFailureException e) {
                lostRaces.incrementAndGet();
                throw e;
            }
        }
    }

    LedgerFixture empty() {
        jdbc.sql("""
                TRUNCATE orders, order_history, payment, timeline, early, parked, attempt, owed, guaranteed_arrow, tick
                """).update();
        recorder.clear();
        lostRaces.set(0);
        return this;
    }

    OrderQueries queries() {
        return queries;
    }

    WorkQueues queues() {
        return queues;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Another hub, so to speak. */
    Ledger ledger(Patience patience) {
        return new Ledger(named, transaction, patience, recorder);
    }

    /** For whom everything is late at once. */
    Ledger impatient() {
        return ledger(new Patience(Arrays.stream(Debt.values()).collect(Collectors.toMap(debt -> debt, debt -> Duration.ZERO)),
                Duration.ZERO, Duration.ZERO));
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    Rows rows() {
        return new Rows(named);
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    RecordingAnnouncer recorder() {
        return recorder;
    }

    /** How often the database ended one transaction for the sake of another. */
    int lostRaces() {
        return lostRaces.get();
    }

    Confirmation confirm(String id, Kind kind) {
        return ledger.confirm(List.of(wish(id, kind))).get(0);
    }

    static NewOrder wish(String id, Kind kind) {
        return new NewOrder(id, new Order.Content("store-1", kind, 3200, "CNY", "[]"), READY,
                kind == Kind.DELIVERY ? DELIVERED : null, List.of());
    }

    List<Result> apply(Event... events) {
        return ledger.apply(arrivals(events));
    }

    static List<Arrival> arrivals(Event... events) {
        return Arrays.stream(events).map(event -> new Arrival(event, "test", Way.PUSH)).toList();
    }

    Order order(String id) {
        return queries.find(id).orElseThrow();
    }

    /** The payment's status and why, as a person would look them up. */
    String payment(String id) {
        return jdbc.sql("SELECT status || coalesce(': ' || why, '') FROM payment WHERE id = :id").param("id", id)
                .query(String.class).single();
    }

    List<String> parkedCauses(String orderId) {
        return jdbc.sql("SELECT cause FROM parked WHERE order_id = :id ORDER BY id").param("id", orderId)
                .query(String.class).list();
    }

    long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    List<Outcome> timeline(String orderId) {
        return queries.timeline(orderId).stream().map(Step::outcome).toList();
    }

    /** As another session sees it; null when it sees none. */
    private Long committedVersion(String orderId) {
        try (Connection connection = connect();
             PreparedStatement query = connection.prepareStatement("SELECT version FROM orders WHERE id = ?")) {
            query.setString(1, orderId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session of its own, outside of the pool. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.createDatabase(name), database.user(), database.password());
    }
}
