package testbed;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Holds the row that says what routes are in force, so that an edit stands still in its middle: its routes have been
 * exchanged, and nothing of it is kept. A hub gives up a statement after seconds; be quicker.
 */
public final class HeldUp implements AutoCloseable {

    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%routes_in_force%'
            """;

    private final Connection connection;

    /** @param url of the database itself, past any proxy */
    public HeldUp(String url, String user, String password) {
        try {
            connection = DriverManager.getConnection(url, user, password);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1 FROM routes_in_force FOR UPDATE");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns when so many edits have come that far. */
    public void awaitWaiting(int edits) {
        await().until(() -> waiting() >= edits);
    }

    private int waiting() throws SQLException {
        // Within one transaction a backend sees the activity as it was when it first looked.
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (ResultSet count = statement.executeQuery(WAITING)) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    /** The edits go on. */
    public void letGo() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        letGo();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
