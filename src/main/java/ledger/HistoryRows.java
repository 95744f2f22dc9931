package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ledger.order.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code order_history}: settled orders that have left the live table, as they were. They never change and
 * never come back; {@link Retention} moves them in and drops them.
 */
final class HistoryRows {

    static final String FIND = """
            SELECT * FROM order_history WHERE id = :id
            """;

    static final String FIND_ALL = """
            SELECT * FROM order_history WHERE id = ANY(:ids)
            """;

    private final JdbcClient jdbc;

    HistoryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A settled order doesn't change, so that its ticket needs no confirmation any more. */
    private static Order read(ResultSet row, int rowNumber) throws SQLException {
        Order order = OrderRows.read(row, rowNumber);
        return order.making(order.making().hearsay(false));
    }

    Optional<Order> find(String id) {
        return jdbc.sql(FIND).param("id", id).query(HistoryRows::read).optional();
    }

    /** Those of the orders that are in history, by id. */
    Map<String, Order> find(Collection<String> ids) {
        Map<String, Order> orders = new TreeMap<>();
        jdbc.sql(FIND_ALL).param("ids", ids.toArray(String[]::new)).query(HistoryRows::read).list()
                .forEach(order -> orders.put(order.id(), order));
        return orders;
    }
}
