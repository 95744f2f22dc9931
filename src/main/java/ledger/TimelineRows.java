package ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code timeline}. */
final class TimelineRows {

    private static final String INSERT = """
            INSERT INTO timeline (order_id, arrow, way, outcome, detail)
            SELECT * FROM unnest(:orderId::text[], :arrow::text[], :way::text[], :outcome::text[], :detail::text[])
            """;

    private static final String OF_ORDER = """
            SELECT order_id, at, arrow, way, outcome, detail FROM timeline WHERE order_id = :orderId ORDER BY id
            LIMIT 1000
            """;

    private final JdbcClient jdbc;

    TimelineRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Step> steps) {
        jdbc.sql(INSERT)
                .param("orderId", Columns.of(steps, Step::orderId))
                .param("arrow", Columns.of(steps, Step::arrow))
                .param("way", Columns.of(steps, Step::way))
                .param("outcome", Columns.of(steps, Step::outcome))
                .param("detail", Columns.of(steps, Step::detail))
                .update();
    }

    List<Step> of(String orderId) {
        return jdbc.sql(OF_ORDER).param("orderId", orderId)
                .query((row, n) -> new Step(row.getString("order_id"), Columns.instant(row, "at"),
                        row.getString("arrow"), Way.valueOf(row.getString("way")),
                        Outcome.valueOf(row.getString("outcome")), row.getString("detail")))
                .list();
    }
}
