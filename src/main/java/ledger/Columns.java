package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Many rows in one statement: a column of values as a PostgreSQL array of text, which the statement casts to its type
 * and unnests beside the others.
 */
final class Columns {

    private Columns() {
    }

    static <T> String[] of(List<T> rows, Function<T, Object> column) {
        String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = column.apply(rows.get(i));
            values[i] = value == null ? null : value.toString();
        }
        return values;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        java.sql.Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
