package chaos;

import embedded.Database;
import embedded.ProcessReaper;
import embedded.Signals;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The database as processes that can be killed and suspended. */
final class DatabaseServer {

    private final Path directory;
    private final int port;
    private final ProcessReaper reaper;
    private volatile Database database;
    private volatile ProcessHandle server;

    DatabaseServer(Path directory, int port, ProcessReaper reaper) {
        this.directory = directory;
        this.port = port;
        this.reaper = reaper;
    }

    void start() {
        database = Database.start(directory, port);
        server = database.process();
        reaper.watch(server);
    }

    int port() {
        return port;
    }

    String password() {
        return database.password();
    }

    /** Sends SIGKILL to all processes of the server. @return their number */
    int kill() {
        List<ProcessHandle> all = processes();
        // Suspended first, so that none of them starts another.
        Signals.stop(all);
        all = processes();
        int killed = Signals.kill(all);
        try {
            // Releases the directory; the processes have ended.
            database.close();
        } catch (UncheckedIOException e) {
            // The library complains that the server doesn't run.
        }
        return killed;
    }

    /** Suspends all processes of the server. @return their number */
    int stop() {
        List<ProcessHandle> all = processes();
        Signals.stop(all);
        return all.size();
    }

    void resume() {
        Signals.resume(processes());
    }

    boolean isAlive() {
        return server != null && server.isAlive();
    }

    /** A connection past the proxies; the caller closes it. */
    Connection connect() throws SQLException {
        Properties who = new Properties();
        who.setProperty("user", database.user());
        who.setProperty("password", password());
        who.setProperty("ApplicationName", "chaos");
        who.setProperty("connectTimeout", "5");
        who.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/hub", who);
    }

    /** The first column of a query's rows. */
    List<String> ask(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Shuts the server down, because a killed one leaves its shared memory behind. */
    void close() {
        if (isAlive()) {
            resume();
            database.close();
        }
    }

    private List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(server);
        server.descendants().forEach(all::add);
        return all;
    }
}
