package hub;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.TimeZone;
import lifecycle.UnfitSetting;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Connects to the database before any other bean does, and configures the pool for what it finds (a pooler, an unknown time
 * zone). An unreachable database is tried {@value #TRIES} times, since hub and database are often started together; then the
 * start fails.
 */
@Component
final class FirstConnection implements BeanPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);

    private static final int TRIES = 6;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private static final String PREPARE_THRESHOLD = "prepareThreshold";
    private static final String INVALID_VALUE = "22023";

    private final Environment environment;

    FirstConnection(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            look(pool);
        }
        return bean;
    }

    private void look(HikariDataSource pool) {
        String where = DatabaseTrouble.where(pool.getJdbcUrl(), pool.getUsername());
        Retry retry = Retry.of("first-connection", RetryConfig.custom()
                .maxAttempts(TRIES).waitDuration(BETWEEN)
                .retryOnException(e -> e.getCause() instanceof SQLException cause && DatabaseTrouble.mayPass(cause)).build());
        retry.getEventPublisher().onRetry(next -> LOG.warn("{} can't be reached: {}; try {} of {} in {} s", where,
                next.getLastThrowable().getCause().getMessage(), next.getNumberOfRetryAttempts() + 1, TRIES,
                BETWEEN.toSeconds()));
        retry.executeRunnable(() -> lookOnce(pool, where));
    }

    private void lookOnce(HikariDataSource pool, String where) {
        try (Connection connection = connect(pool)) {
            if (sharesItsSessions(pool, connection)) {
                requireAWayForMigrations(where);
                keepNothingPrepared(pool);
            }
        } catch (SQLException e) {
            if (!isOfTimeZone(e)) {
                throw new CannotGetJdbcConnectionException("the hub can't start without its database", e);
            }
            takeUtc(where);
            lookOnce(pool, where);
        }
    }

    /** Connects with the pool's own settings. */
    private static Connection connect(HikariDataSource pool) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        if (pool.getUsername() != null) {
            properties.setProperty("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.setProperty("password", pool.getPassword());
        }
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    /**
     * Whether a pooler gives each transaction another session, as PgBouncer does in transaction mode. A pooler reports a
     * process id of its own rather than the session's. In session mode each connection still keeps its session; in
     * transaction mode a second connection gets the session of the first, or makes the first one change its session.
     */
    private static boolean sharesItsSessions(HikariDataSource pool, Connection one) throws SQLException {
        int session = session(one);
        if (session == one.unwrap(PGConnection.class).getBackendPID()) {
            return false;
        }
        try (Connection other = connect(pool)) {
            other.setAutoCommit(false);
            boolean shares = session(other) == session || session(one) != session;
            other.rollback();
            return shares;
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Flyway's lock belongs to a session: behind such a pooler it could be taken in one and released in another. */
    private void requireAWayForMigrations(String where) {
        if (environment.getProperty("spring.flyway.url", "").isBlank()
                && environment.getProperty("spring.flyway.enabled", Boolean.class, true)) {
            throw new UnfitSetting("spring.flyway.url (SPRING_FLYWAY_URL) is missing: the pooler at " + where + " gives each "
                    + "transaction another session, in which migrations can't keep their lock; set it, with spring.flyway.user "
                    + "and spring.flyway.password, to the address of PostgreSQL itself, and start the hub again");
        }
    }

    /** A statement prepared in one session would be executed in another, where it does not exist. */
    private static void keepNothingPrepared(HikariDataSource pool) {
        if (pool.getDataSourceProperties().containsKey(PREPARE_THRESHOLD)) {
            return;
        }
        pool.addDataSourceProperty(PREPARE_THRESHOLD, "0");
        LOG.info("a pooler before the database gives each transaction another session: statements are not kept prepared "
                + "({}=0)", PREPARE_THRESHOLD);
    }

    private static boolean isOfTimeZone(SQLException failure) {
        return INVALID_VALUE.equals(failure.getSQLState()) && String.valueOf(failure.getMessage()).contains("TimeZone")
                && !TimeZone.getDefault().getID().equals("UTC");
    }

    /** The driver sends the JVM's time zone to the server. The hub's own times carry their offset. */
    private static void takeUtc(String where) {
        LOG.warn("{} doesn't know the time zone {} of this machine; the hub goes on in UTC, in which cron expressions of "
                + "routes are read, too; set TZ to a zone that the server knows if that is not wanted", where,
                TimeZone.getDefault().getID());
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }
}
