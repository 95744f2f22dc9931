package bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The limits of PostgreSQL on this machine, with rows of about 200 bytes and durable commits. */
final class DatabaseLimits {

    /** Name of the database that they are measured in. */
    static final String NAME = "limits";

    private static final int ROWS = 20_000;
    private static final String INSERT = """
            INSERT INTO limits SELECT nextval('limits_id'), repeat('x', 160), 0 FROM generate_series(1, ?)
            """;

    private final BenchCluster cluster;
    private final Duration time;
    private final String url;

    DatabaseLimits(BenchCluster cluster, Duration time) {
        this.cluster = cluster;
        this.time = time;
        this.url = cluster.database().createDatabase(NAME);
        try (Connection connection = cluster.connect(url); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SEQUENCE limits_id CACHE 100");
            statement.execute("CREATE TABLE limits (id bigint PRIMARY KEY, payload text, version integer)"
                    + " WITH (fillfactor = 70)");
            statement.execute("INSERT INTO limits SELECT -n, repeat('x', 160), 0 FROM generate_series(1, " + ROWS
                    + ") AS n");
        } catch (SQLException e) {
            throw new IllegalStateException("no table for the limits", e);
        }
    }

    /** Commits a second, each of one new row. */
    double commits(int clients) {
        return perSecond(clients, INSERT, (statement, n) -> statement.setInt(1, 1), 1);
    }

    /** Inserted rows a second. @param rows a statement */
    double inserts(int rows) {
        return perSecond(2, INSERT, (statement, n) -> statement.setInt(1, rows), rows);
    }

    /** Updated rows a second, found by their key. @param rows a statement */
    double updates(int rows) {
        return perSecond(2, "UPDATE limits SET version = version + 1 WHERE id = ANY(?)", (statement, n) -> {
            Long[] ids = new Long[rows];
            for (int i = 0; i < rows; i++) {
                // Each client has rows of its own.
                ids[i] = -1L - n[0] * (ROWS / 2) - (n[1] * rows + i) % (ROWS / 2);
            }
            statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids));
            n[1]++;
        }, rows);
    }

    private interface Parameters {
        /** @param n number of the client, and how often this was called for it before; the callee counts up */
        void set(PreparedStatement statement, int[] n) throws SQLException;
    }

    private double perSecond(int clients, String sql, Parameters parameters, int done) {
        List<Connection> connections = new ArrayList<>();
        try {
            List<ClosedLoop.Member> members = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Connection connection = cluster.connect(url);
                connections.add(connection);
                PreparedStatement statement = connection.prepareStatement(sql);
                int[] n = {client, 0};
                members.add(() -> {
                    parameters.set(statement, n);
                    statement.executeUpdate();
                    return done;
                });
            }
            return ClosedLoop.perSecond(members, time);
        } catch (SQLException e) {
            throw new IllegalStateException("the database's limits can't be measured", e);
        } finally {
            connections.forEach(DatabaseLimits::close);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The measurement is complete.
        }
    }
}
