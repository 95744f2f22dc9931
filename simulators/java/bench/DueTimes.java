package bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How long a pull's claim of due orders takes. The same orders are due in each run. Everything happens in one transaction
 * that is rolled back, so that the hub doesn't see it.
 */
final class DueTimes {

    private static final int RUNS = 101;
    /** In the first runs the server chooses the plan that the connection then keeps. */
    private static final int UNCOUNTED = 15;
    /** Orders that a pull claims at once, as the hub is shipped. */
    private static final int MOST = 200;

    /** Inserts a thousand orders with each debt, due for up to a thousand seconds. */
    private static final String DUE = """
            INSERT INTO orders
            SELECT copy.*
            FROM generate_series(1, 1000) AS n,
                 (VALUES ('PAYMENT', 'CONFIRMED'), ('TICKET', 'PAID'), ('NOTE', 'MADE')) AS owed(debt, make),
                 orders first,
                 LATERAL (SELECT now() - n * interval '1 s') AS since(due),
                 LATERAL jsonb_populate_record(first, jsonb_build_object(
                     'id', 'due-' || debt || '-' || n, 'make', owed.make, 'payment_id', 'P-due-' || debt || '-' || n,
                     'confirmed_at', now() - interval '1 hour', 'make_since', now() - interval '1 hour',
                     'payment_due', CASE debt WHEN 'PAYMENT' THEN due END,
                     'barista_owes', CASE debt WHEN 'TICKET' THEN debt END,
                     'barista_due', CASE debt WHEN 'TICKET' THEN due END,
                     'dispatch_owes', CASE debt WHEN 'NOTE' THEN debt END,
                     'dispatch_due', CASE debt WHEN 'NOTE' THEN due END,
                     'settlement', NULL, 'settled_at', NULL)) AS copy
            WHERE first.id = 'first-DELIVERY'
            """;

    private DueTimes() {
    }

    /** Median times of a claim, in microseconds. */
    static Map<DueQuery, Double> measured(BenchCluster cluster, Subject subject) {
        try (Connection connection = cluster.connect(subject.url())) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql(DUE).update();
            Map<DueQuery, Double> medians = new EnumMap<>(DueQuery.class);
            for (DueQuery query : DueQuery.values()) {
                medians.put(query, median(connection, jdbc, query));
            }
            connection.rollback();
            return medians;
        } catch (SQLException e) {
            throw new IllegalStateException("the due queries can't be measured", e);
        }
    }

    private static double median(Connection connection, JdbcClient jdbc, DueQuery query) throws SQLException {
        List<Double> micros = new ArrayList<>();
        for (int run = -UNCOUNTED; run < RUNS; run++) {
            Savepoint before = connection.setSavepoint();
            long start = System.nanoTime();
            int[] taken = {0};
            jdbc.sql(query.sql()).param("most", MOST).param("age", "PT30S").param("lease", "PT1M")
                    .param("debt", query.name()).param("token", "00000000-0000-0000-0000-000000000000")
                    .query(row -> {
                        taken[0]++;
                    });
            double took = (System.nanoTime() - start) / 1e3;
            if (taken[0] != MOST) {
                throw new IllegalStateException("of " + query + " only " + taken[0] + " were due");
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (run >= 0) {
                micros.add(took);
            }
        }
        return Spread.of(micros).median();
    }
}
