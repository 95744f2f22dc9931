package embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL as a process of its own, listening on 127.0.0.1 only, with durable commits. Data stays in the directory
 * and is there again after a restart on it; a server that a killed JVM left running on the directory is stopped first.
 *
 * <p>Clients need a password, which is generated once and kept in the directory.
 *
 * <pre>
 * try (Database database = Database.start(directory, 0)) {
 *     DriverManager.getConnection(database.url(), database.user(), database.password());
 * }
 * </pre>
 */
public final class Database implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final String HUB = "hub";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String WITH_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** Settings that make a commit durable. The library's defaults are off for the first two. */
    private static final Map<String, String> DURABLE = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on");

    /** Sized for two cores that the hub, the broker and the neighbours use as well. */
    private static final Map<String, String> MODEST = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("effective_cache_size", "1GB"),
            Map.entry("work_mem", "8MB"),
            Map.entry("min_wal_size", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("jit", "off"));

    private final Path directory;
    private final EmbeddedPostgres server;
    private final String password;
    private final DirectoryLock lock;
    private boolean closed;

    private Database(Path directory, EmbeddedPostgres server, String password, DirectoryLock lock) {
        this.directory = directory;
        this.server = server;
        this.password = password;
        this.lock = lock;
    }

    /**
     * Starts a server and returns when it takes connections and its settings are seen to be durable. The first start on a
     * machine unpacks the programs and takes some seconds.
     *
     * @param directory where its data, its log and its password are kept; created if absent
     * @param port      0 takes a free one
     * @throws IllegalStateException when it doesn't start, isn't durable, or a live process uses the directory
     */
    public static Database start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * As {@link #start(Path, int)}.
     *
     * @param further settings of the server; those that make it durable can't be changed
     */
    public static Database start(Path directory, int port, Map<String, String> further) {
        Path home = directory.toAbsolutePath();
        DirectoryLock lock = DirectoryLock.of(home);
        try {
            return start(home, port == 0 ? Ports.free() : port, further, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Database start(Path home, int port, Map<String, String> further, DirectoryLock lock) {
        Postmaster postmaster = new Postmaster(data(home));
        postmaster.stop();
        Path complete = home.resolve("initialized");
        if (!Files.exists(complete)) {
            // The library takes a half-initialized directory for a complete one. No data can be in it yet.
            deleteRecursively(data(home));
        }
        String password = Secrets.kept(home.resolve("password"));
        try {
            Database database = new Database(home, launch(home, port, password, further), password, lock);
            database.secure();
            database.verifyDurable();
            database.createDatabase(HUB);
            if (!Files.exists(complete)) {
                Files.createFile(complete);
            }
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            postmaster.stop();
            throw new IllegalStateException(
                    "PostgreSQL did not start on port " + port + "; see " + home.resolve("server.log"), e);
        }
    }

    private static synchronized EmbeddedPostgres launch(Path home, int port, String password,
                                                        Map<String, String> further) throws IOException {
        Path binaries = PostgresBinaries.directory();
        Redirect log = Redirect.appendTo(home.resolve("server.log").toFile());
        DirectoryLock unpacking = DirectoryLock.await(binaries);
        try (unpacking) {
            PostgresBinaries.removeHalfUnpacked(binaries);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(data(home))
                    .setCleanDataDirectory(false)
                    // close() stops it, after what depends on it; a shutdown hook would run in no such order.
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(LONGEST_START)
                    .setLocaleConfig("locale", "C")
                    .setConnectConfig("password", password)
                    .setErrorRedirector(log)
                    .setOutputRedirector(log);
            MODEST.forEach(builder::setServerConfig);
            further.forEach(builder::setServerConfig);
            DURABLE.forEach(builder::setServerConfig);
            return builder.start();
        }
    }

    /** The library trusts every local user; from here on the server asks for the password. */
    private void secure() throws SQLException, IOException {
        try (Connection connection = connect(SUPERUSER); Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
            Path rules = data(directory).resolve("pg_hba.conf");
            if (!Files.readString(rules).equals(WITH_PASSWORD)) {
                Files.writeString(rules, WITH_PASSWORD);
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }

    private void verifyDurable() throws SQLException {
        for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
            String actual = show(setting.getKey());
            if (!actual.equals(setting.getValue())) {
                throw new IllegalStateException(setting.getKey() + " is " + actual + ": a commit could be lost");
            }
        }
    }

    /** The server's value of one of its settings, such as {@code fsync}. */
    String show(String setting) throws SQLException {
        try (Connection connection = connect(SUPERUSER);
             Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    /**
     * Creates a database if it is absent.
     *
     * @param name lower-case letters, digits and underscores, the first a letter
     * @return its JDBC URL
     */
    public String createDatabase(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a database's name is lower-case letters, digits and '_': " + name);
        }
        try (Connection connection = connect(SUPERUSER); Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + name + "'")) {
                if (found.next()) {
                    return url(name);
                }
            }
            statement.execute("CREATE DATABASE " + name);
            return url(name);
        } catch (SQLException e) {
            throw new IllegalStateException("can't create the database " + name, e);
        }
    }

    /** The JDBC URL of the database {@code hub}, which is always there. */
    public String url() {
        return url(HUB);
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
    }

    public String user() {
        return SUPERUSER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return server.getPort();
    }

    /**
     * The postmaster process. The processes of sessions and of background work are its children.
     *
     * @throws IllegalStateException when the server doesn't run
     */
    public ProcessHandle process() {
        return new Postmaster(data(directory)).running()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL in " + directory + " doesn't run"));
    }

    /** Shuts the server down, dropping its sessions, and returns when its process has ended. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            Optional<ProcessHandle> process = new Postmaster(data(directory)).running();
            server.close();
            // The library waits five seconds for the shutdown, and never for the end of the process.
            process.ifPresent(Postmaster::stop);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + directory + " was not closed cleanly", e);
        }
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), SUPERUSER, password);
    }

    private static Path data(Path home) {
        return home.resolve("data");
    }

    private static void deleteRecursively(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + directory, e);
        }
    }
}
