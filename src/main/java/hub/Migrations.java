package hub;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Runs Flyway while other hubs go on working: over a connection of its own, since a migration may take minutes. A statement
 * that changes a table waits only briefly for its lock, because all later statements queue behind it; then it is tried
 * again.
 */
@Configuration
class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    @Bean
    FlywayConfigurationCustomizer migrating() {
        return flyway -> {
            if (flyway.getDataSource() instanceof HikariDataSource pool) {
                flyway.dataSource(unhurried(pool));
            }
        };
    }

    @Bean
    FlywayMigrationStrategy tryingAgain() {
        return Migrations::migrate;
    }

    private static DataSource unhurried(HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.remove("socketTimeout");
        properties.setProperty("ApplicationName", "lucky-hub-migration");
        DriverManagerDataSource source = new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(),
                pool.getPassword());
        source.setConnectionProperties(properties);
        return source;
    }

    private static void migrate(Flyway flyway) {
        Instant latest = Instant.now().plus(LONGEST);
        while (true) {
            try {
                forgetBrokenOff(flyway);
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!waitedForALock(e) || Instant.now().isAfter(latest)) {
                    throw e;
                }
                LOG.warn("a migration waits for a lock and tries again; if this goes on, look in pg_stat_activity for a"
                        + " transaction that is open for long, and end it: {}", e.getMessage());
                pause();
            }
        }
    }

    /**
     * Deletes Flyway's record of a migration that failed outside of a transaction, which makes it refuse to go on. Each
     * migration of the hub can be repeated.
     */
    private static void forgetBrokenOff(Flyway flyway) {
        JdbcClient jdbc = JdbcClient.create(flyway.getConfiguration().getDataSource());
        String table = flyway.getConfiguration().getTable();
        if (jdbc.sql("SELECT to_regclass(:table) IS NOT NULL").param("table", table).query(Boolean.class).single()) {
            jdbc.sql("DELETE FROM " + table + " WHERE NOT success").update();
        }
    }

    private static boolean waitedForALock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
    }
}
