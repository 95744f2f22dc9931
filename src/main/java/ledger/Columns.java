package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Columns of many rows as parameters of one statement: a PostgreSQL array of text each, which the statement casts to its
 * type and unnests beside the others.
 */
final class Columns {

    private static final int CHUNK_BYTES = 1024 * 1024;

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

    /** A column of bytes. As hexadecimal text they would be twice as long, here and in the statement. */
    static <T> byte[][] bytes(List<T> rows, Function<T, byte[]> column) {
        return rows.stream().map(column).toArray(byte[][]::new);
    }

    /**
     * The rows in groups, in their sequence, for a statement each. A group has 1 MB at most, unless a single row is longer,
     * so that no statement lasts until its time-out.
     *
     * @param longest the column that holds most of a row's bytes
     */
    static <T> List<List<T>> inChunks(List<T> rows, Function<T, byte[]> longest) {
        List<List<T>> chunks = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            int more = longest.apply(rows.get(i)).length;
            if (i > begin && bytes + more > CHUNK_BYTES) {
                chunks.add(rows.subList(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += more;
        }
        if (begin < rows.size()) {
            chunks.add(rows.subList(begin, rows.size()));
        }
        return chunks;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        java.sql.Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
