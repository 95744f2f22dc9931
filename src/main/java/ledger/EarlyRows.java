package ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code early}: events that wait for what they build on. */
final class EarlyRows {

    private static final String INSERT = """
            INSERT INTO early (order_id, arrow, way, event, body, source, headers, message)
            SELECT order_id, arrow, way, event, body, source, headers, decode(message, 'hex')
            FROM unnest(:orderId::text[], :arrow::text[], :way::text[], :event::text[], :body::json[],
                        :source::text[], :headers::json[], :message::text[])
                 AS n(order_id, arrow, way, event, body, source, headers, message)
            """;

    /** The ids come through a subquery, as in {@link OrderRows}. */
    private static final String TAKE = """
            DELETE FROM early WHERE order_id = ANY(ARRAY(SELECT unnest(:ids::text[])))
            RETURNING id, arrow, way, event, body, source, headers, message
            """;

    private static final String WAITING = """
            SELECT DISTINCT order_id FROM early WHERE order_id = ANY(ARRAY(SELECT unnest(:awaited::text[])))
            """;

    private static final String OVERDUE = """
            SELECT DISTINCT order_id FROM (
                SELECT order_id FROM early WHERE arrived_at <= now() - :wait::interval ORDER BY id LIMIT :limit) AS oldest
            """;

    private static final String TAKE_OVERDUE = """
            DELETE FROM early WHERE order_id = ANY(:ids) AND arrived_at <= now() - :wait::interval
            RETURNING id, arrow, way, event, body, source, headers, message
            """;

    private record Row(long id, Arrival arrival) {
    }

    private final JdbcClient jdbc;

    EarlyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Arrival> arrivals) {
        jdbc.sql(INSERT)
                .param("orderId", Columns.of(arrivals, a -> a.event().orderId()))
                .param("arrow", Columns.of(arrivals, Arrival::arrow))
                .param("way", Columns.of(arrivals, Arrival::way))
                .param("event", Columns.of(arrivals, a -> EventJson.name(a.event())))
                .param("body", Columns.of(arrivals, a -> EventJson.write(a.event())))
                .param("source", Columns.of(arrivals, a -> a.message().source()))
                .param("headers", Columns.of(arrivals, a -> a.message().headers()))
                .param("message", Columns.of(arrivals, a -> HexFormat.of().formatHex(a.message().body())))
                .update();
    }

    /** What waits for these orders, in the order in which it came; it no longer waits. */
    List<Arrival> take(Collection<String> orderIds) {
        return arrivals(jdbc.sql(TAKE).param("ids", orderIds.toArray(String[]::new)));
    }

    /** @param waiting is told the ids of those orders for which something waits; taken once they are locked, none is missed */
    Read<String> waiting(Collection<String> orderIds, Consumer<String> waiting) {
        return new Read<>(WAITING, Map.of("awaited", orderIds.toArray(String[]::new)), (row, n) -> row.getString("order_id"),
                waiting);
    }

    /** The ids of orders for which something has waited too long. @param limit of what waits */
    List<String> overdue(Duration wait, int limit) {
        return jdbc.sql(OVERDUE).param("wait", wait.toString()).param("limit", limit).query(String.class).list();
    }

    /** What has waited too long for these orders; it no longer waits. */
    List<Arrival> takeOverdue(Collection<String> orderIds, Duration wait) {
        return arrivals(jdbc.sql(TAKE_OVERDUE).param("ids", orderIds.toArray(String[]::new))
                .param("wait", wait.toString()));
    }

    private static List<Arrival> arrivals(JdbcClient.StatementSpec statement) {
        return statement.query((row, n) -> {
            Event event = EventJson.read(row.getString("event"), row.getString("body"));
            Origin origin = new Origin(row.getString("source"), row.getString("headers"), row.getBytes("message"));
            return new Row(row.getLong("id"),
                    new Arrival(event, row.getString("arrow"), Way.valueOf(row.getString("way")), () -> origin));
        }).list().stream().sorted(Comparator.comparingLong(Row::id)).map(Row::arrival).toList();
    }
}
