package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * A query, to be sent together with others. Each sees what was committed before it begins, as if it were sent by itself.
 *
 * @param sql    with named parameters, whose names no other statement of the exchange has
 * @param values of the parameters, by name
 * @param each   is given each row
 */
record Read<R>(String sql, Map<String, ?> values, RowMapper<R> row, Consumer<R> each) {

    /** All in one exchange with the database, in their sequence; see {@link Write#all}. */
    static void all(NamedParameterJdbcOperations jdbc, List<Read<?>> reads) {
        if (reads.isEmpty()) {
            return;
        }
        Statements together = Statements.of(reads, Read::sql, Read::values);
        jdbc.execute(together.sql(), together.values(), statement -> {
            statement.execute();
            for (Read<?> read : reads) {
                try (ResultSet rows = statement.getResultSet()) {
                    read.tell(rows);
                }
                statement.getMoreResults();
            }
            return null;
        });
    }

    private void tell(ResultSet rows) throws SQLException {
        for (int n = 0; rows.next(); n++) {
            each.accept(row.mapRow(rows, n));
        }
    }
}
