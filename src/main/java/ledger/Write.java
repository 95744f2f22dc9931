package ledger;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A statement that changes rows, to be sent together with others.
 *
 * @param sql    with named parameters, whose names no other statement of the exchange has
 * @param values of the parameters, by name
 */
record Write(String sql, Map<String, ?> values) {

    /**
     * Sends all in one exchange with the database, in their sequence: for a batch of a few orders the exchanges cost more
     * than the statements.
     *
     * @return how many rows the first has changed
     */
    static int all(JdbcClient jdbc, List<Write> writes) {
        Statements together = Statements.of(writes, Write::sql, Write::values);
        return jdbc.sql(together.sql()).params(together.values()).update();
    }
}
