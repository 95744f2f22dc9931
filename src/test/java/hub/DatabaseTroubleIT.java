package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import embedded.Database;
import embedded.Ports;
import embedded.TcpProxy;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import testbed.SharedHub;

/** Each usual cause for which a hub finds no database is one sentence: what, where, and what to do. */
class DatabaseTroubleIT {

    private static final String PASSWORD = "not-the-password";

    private final SharedHub bed = SharedHub.shared();
    private final Database database = bed.database();

    @Test
    void nothingListensThere() {
        assertSentence(failure("jdbc:postgresql://127.0.0.1:" + Ports.free() + "/hub", "hub"),
                "takes no connections", "start it, or correct spring.datasource.url (--db)");
    }

    @Test
    void itsHostHasNoAddress() {
        assertSentence(new SQLException("The connection attempt failed.", "08001", new UnknownHostException("db")),
                "its host is not known", "spring.datasource.url");
    }

    @Test
    void itSaysNothing() {
        try (TcpProxy way = TcpProxy.before(database.port())) {
            way.hang();
            assertSentence(failure("jdbc:postgresql://127.0.0.1:" + way.port() + "/hub?socketTimeout=1", "hub"),
                    "does not answer", "firewall");
        }
    }

    @Test
    void thePasswordIsWrong() {
        assertSentence(failure(database.url(), database.user()), "doesn't let the hub in", "HUB_DB_PASSWORD");
    }

    @Test
    void thePasswordIsMissing() {
        assertSentence(catchThrowableOfType(SQLException.class,
                () -> DriverManager.getConnection(database.url(), database.user(), null)), "doesn't let the hub in",
                "HUB_DB_PASSWORD");
    }

    @Test
    void thereIsNoSuchDatabase() {
        assertSentence(catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(
                database.url() + "_that_is_not_there", database.user(), database.password())),
                "has no such database", "create it");
    }

    @Test
    void itHasNoTls() {
        assertSentence(failure(database.url() + "?sslmode=require", "hub"), "don't agree on TLS", "sslmode");
        assertSentence(failure(database.url() + "?sslmode=verify-full&sslrootcert=/no/such/file", "hub"),
                "TLS", "sslrootcert");
    }

    /** Through Flyway, as a hub meets it. */
    @Test
    void itsUserMayMakeNoTables() throws SQLException {
        String url = database.createDatabase("without_rights");
        try (Connection connection = DriverManager.getConnection(url, database.user(), database.password());
             Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE without_rights LOGIN PASSWORD '" + PASSWORD + "'");
        }
        Throwable failure = catchThrowableOfType(RuntimeException.class, () -> bed.startHub(Map.of(
                "spring.datasource.url", url, "spring.datasource.username", "without_rights",
                "spring.datasource.password", PASSWORD)).close());
        assertSentence(failure, "lacks a right", "GRANT CREATE ON SCHEMA");
    }

    @Test
    void whatIsNotUsualIsLeftToOthers() {
        assertThat(DatabaseTrouble.inWords(new SQLException("division by zero", "22012"), "PostgreSQL")).isEmpty();
    }

    @Test
    void aPasswordInTheAddressIsNotRepeated() {
        assertThat(DatabaseTrouble.where("jdbc:postgresql://db-1:5432,db-2:5432/hub?password=secret&ssl=true", "hub"))
                .isEqualTo("PostgreSQL at db-1:5432,db-2:5432/hub for the user hub");
    }

    private static SQLException failure(String url, String user) {
        return catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url, user, PASSWORD));
    }

    private static void assertSentence(Throwable failure, String what, String act) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://db:5432/hub")
                .withProperty("spring.datasource.username", "hub");
        assertThat(new DatabaseTroubleAnalyzer(environment).analyze(failure).getDescription())
                .startsWith("PostgreSQL at db:5432/hub for the user hub ").contains(what).contains(act)
                .endsWith(", and start the hub again").doesNotContain("\n", PASSWORD);
    }
}
