package ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ledger.order.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code timeline}: the steps of all orders. */
final class TimelineRows {

    private static final String INSERT = """
            INSERT INTO timeline (order_id, arrow, way, outcome, detail)
            SELECT * FROM unnest(:stepOf::text[], :arrow::text[], :way::text[], :outcome::text[], :detail::text[])
            """;

    /** The first and the last 500 steps: a message that is repeated thousands of times must hide neither. */
    private static final String OF_ORDER = """
            (SELECT id, order_id, at, arrow, way, outcome, detail FROM timeline WHERE order_id = :orderId
             ORDER BY id LIMIT 500)
            UNION
            (SELECT id, order_id, at, arrow, way, outcome, detail FROM timeline WHERE order_id = :orderId
             ORDER BY id DESC LIMIT 500)
            ORDER BY id
            """;

    private final JdbcClient jdbc;

    TimelineRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Step> steps) {
        Write.all(jdbc, List.of(insertion(steps)));
    }

    Write insertion(List<Step> steps) {
        Map<String, Object> values = new HashMap<>();
        values.put("stepOf", Columns.of(steps, Step::orderId));
        values.put("arrow", Columns.of(steps, Step::arrow));
        values.put("way", Columns.of(steps, Step::way));
        values.put("outcome", Columns.of(steps, Step::outcome));
        values.put("detail", Columns.of(steps, Step::detail));
        return new Write(INSERT, values);
    }

    List<Step> of(String orderId) {
        return jdbc.sql(OF_ORDER).param("orderId", orderId)
                .query((row, n) -> new Step(row.getString("order_id"), Columns.instant(row, "at"),
                        row.getString("arrow"), Way.valueOf(row.getString("way")),
                        Outcome.valueOf(row.getString("outcome")), row.getString("detail")))
                .list();
    }
}
