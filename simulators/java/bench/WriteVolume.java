package bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What database and broker have written so far.
 *
 * @param wal      bytes of the write-ahead log
 * @param kafka    bytes of all topics between hub and neighbours
 * @param commits  commits in the subject's database
 * @param inserted inserted rows
 * @param updated  updated rows
 * @param hot      updated rows without a new index entry (heap-only tuples)
 */
record WriteVolume(long wal, long kafka, long commits, long inserted, long updated, long hot) {

    private static final String FIGURES = """
            SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint, xact_commit, tup_inserted, tup_updated,
                   (SELECT sum(n_tup_hot_upd) FROM pg_stat_user_tables)
            FROM pg_stat_database WHERE datname = current_database()
            """;

    /** The present counters. */
    static WriteVolume by(BenchCluster cluster, Subject subject) {
        try (Connection connection = cluster.connect(subject.url());
             Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(FIGURES)) {
            row.next();
            return new WriteVolume(row.getLong(1), BenchTopics.bytes(cluster.brokers()), row.getLong(2), row.getLong(3),
                    row.getLong(4), row.getLong(5));
        } catch (SQLException e) {
            throw new IllegalStateException("the database doesn't tell what it has written", e);
        }
    }

    /** The difference to earlier counters. */
    WriteVolume since(WriteVolume earlier) {
        return new WriteVolume(wal - earlier.wal, kafka - earlier.kafka, commits - earlier.commits,
                inserted - earlier.inserted, updated - earlier.updated, hot - earlier.hot);
    }
}
