package ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import ledger.order.Event;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code early}: events that came before the order or the payment that they build on. */
final class EarlyRows {

    /** Upper bound of an order's early events without its payments. No order has as many events in all. */
    static final int MOST_EVENTS = 50;

    /** Upper bound of the bytes of the messages of an order's early events. */
    static final int MOST_BYTES = 256 * 1024;

    /**
     * An event that its order has already is not kept again; one that is beyond the order's limits is returned. Both hold
     * because each batch has locked its orders before it writes here. Payments have no limit: each id is early once, and its
     * message was signed.
     */
    private static final String INSERT = """
            WITH n AS (
                SELECT * FROM unnest(:orderId::text[], :arrow::text[], :way::text[], :event::text[], :body::text[],
                                     :source::text[], :headers::json[], :message::bytea[]) WITH ORDINALITY
                         AS n(order_id, arrow, way, event, body, source, headers, message, place)),
            kept AS (
                SELECT order_id, count(*) FILTER (WHERE event <> 'Paid') AS events, sum(length(message)) AS bytes
                FROM early WHERE order_id = ANY(ARRAY(SELECT DISTINCT order_id FROM n)) GROUP BY order_id),
            fresh AS (
                SELECT DISTINCT ON (order_id, event, body) * FROM n
                WHERE NOT EXISTS (SELECT FROM early e WHERE e.order_id = n.order_id AND e.event = n.event
                                                        AND e.body::text = n.body)
                ORDER BY order_id, event, body, place),
            judged AS (
                SELECT f.*, f.event = 'Paid'
                            OR coalesce(k.events, 0) + count(*) FILTER (WHERE f.event <> 'Paid') OVER so_far <= :events
                            AND coalesce(k.bytes, 0) + sum(length(f.message)) OVER so_far <= :bytes AS has_room
                FROM fresh f LEFT JOIN kept k ON k.order_id = f.order_id
                WINDOW so_far AS (PARTITION BY f.order_id ORDER BY f.place)),
            inserted AS (
                INSERT INTO early (order_id, arrow, way, event, body, source, headers, message)
                SELECT order_id, arrow, way, event, body::json, source, headers, message
                FROM judged WHERE has_room ORDER BY place)
            SELECT place FROM judged WHERE NOT has_room ORDER BY place
            """;

    /**
     * The ids come through a subquery, as in {@link OrderRows}. Rows that were kept before there were limits may be more
     * than the limits allow; {@link #TAKE_OVERDUE} takes what is left. A row of a kind that this release doesn't know stays:
     * a hub of the newer release that wrote it is at work beside this one, and takes it with the overdue ones at the latest.
     */
    private static final String TAKE = """
            DELETE FROM early WHERE id = ANY(ARRAY(
                SELECT e.id FROM unnest(:ids::text[]) AS o(id) CROSS JOIN LATERAL (
                    SELECT id FROM early WHERE order_id = o.id AND event = ANY(:kinds)
                    ORDER BY event <> 'Paid', id LIMIT :most) AS e))
            RETURNING id, order_id, arrow, way, event, body, source, headers, message
            """;

    private static final String WAITING = """
            SELECT DISTINCT order_id FROM early WHERE order_id = ANY(ARRAY(SELECT unnest(:awaited::text[])))
            """;

    private static final String OVERDUE = """
            SELECT DISTINCT order_id FROM (
                SELECT order_id FROM early WHERE arrived_at <= now() - :wait::interval AND event = ANY(:kinds)
                ORDER BY id LIMIT :limit) AS oldest
            """;

    private static final String TAKE_OVERDUE = """
            DELETE FROM early WHERE id = ANY(ARRAY(
                SELECT id FROM early WHERE order_id = ANY(:ids) AND arrived_at <= now() - :wait::interval
                                           AND event = ANY(:kinds)
                ORDER BY event <> 'Paid', id LIMIT :limit))
            RETURNING id, order_id, arrow, way, event, body, source, headers, message
            """;

    private static final String UNKNOWN = """
            SELECT event || ' (' || count(*) || ')' FROM early
            WHERE arrived_at <= now() - :wait::interval AND event <> ALL(:kinds) GROUP BY event ORDER BY event
            """;

    /**
     * Early events that were taken from the table, in the sequence in which they came.
     *
     * @param unreadable those that can't be read: each is to be parked with the message that it came from
     */
    record Taken(List<Arrival> arrivals, List<Parked> unreadable) {
    }

    /** @param parked null when the event could be read */
    private record Row(long id, Arrival arrival, Parked parked) {
    }

    private final JdbcClient jdbc;

    EarlyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return those that are beyond the limits of their orders, and are not kept */
    List<Arrival> insert(List<Arrival> arrivals) {
        Map<Arrival, Origin> messages = new IdentityHashMap<>();
        arrivals.forEach(arrival -> messages.put(arrival, arrival.message()));
        return Columns.inChunks(arrivals, a -> messages.get(a).body()).stream()
                .flatMap(chunk -> insertChunk(chunk, messages).stream()).toList();
    }

    private List<Arrival> insertChunk(List<Arrival> arrivals, Map<Arrival, Origin> messages) {
        return jdbc.sql(INSERT)
                .param("orderId", Columns.of(arrivals, a -> a.event().orderId()))
                .param("arrow", Columns.of(arrivals, Arrival::arrow))
                .param("way", Columns.of(arrivals, Arrival::way))
                .param("event", Columns.of(arrivals, a -> EventJson.kind(a.event())))
                .param("body", Columns.of(arrivals, a -> EventJson.write(a.event())))
                .param("source", Columns.of(arrivals, a -> messages.get(a).source()))
                .param("headers", Columns.of(arrivals, a -> messages.get(a).headers()))
                .param("message", Columns.bytes(arrivals, a -> messages.get(a).body()))
                .param("events", MOST_EVENTS).param("bytes", MOST_BYTES)
                .query(Integer.class).list().stream().map(place -> arrivals.get(place - 1)).toList();
    }

    /** Takes the early events of these orders. */
    Taken take(Collection<String> orderIds) {
        return taken(jdbc.sql(TAKE).param("ids", orderIds.toArray(String[]::new))
                .param("most", 2 * MOST_EVENTS));
    }

    /** @param waiting is told the ids of orders that have early events; none is missed if the orders are locked before */
    Read<String> waiting(Collection<String> orderIds, Consumer<String> waiting) {
        return new Read<>(WAITING, Map.of("awaited", orderIds.toArray(String[]::new)), (row, n) -> row.getString("order_id"),
                waiting);
    }

    /** The ids of orders whose early events have waited too long. @param limit the most events that are looked at */
    List<String> overdue(Duration wait, int limit) {
        return jdbc.sql(OVERDUE).param("wait", wait.toString()).param("limit", limit)
                .param("kinds", EventJson.kinds()).query(String.class).list();
    }

    /** Takes early events of these orders that have waited too long. @param limit the most events that are taken */
    Taken takeOverdue(Collection<String> orderIds, Duration wait, int limit) {
        return taken(jdbc.sql(TAKE_OVERDUE).param("ids", orderIds.toArray(String[]::new))
                .param("wait", wait.toString()).param("limit", limit));
    }

    /** The kinds that this release doesn't know and that have waited too long, each with how many events there are. */
    List<String> unknownKinds(Duration wait) {
        return jdbc.sql(UNKNOWN).param("wait", wait.toString()).param("kinds", EventJson.kinds()).query(String.class).list();
    }

    private static Taken taken(JdbcClient.StatementSpec statement) {
        List<Row> rows = statement.param("kinds", EventJson.kinds()).query((row, n) -> {
            Origin origin = new Origin(row.getString("source"), row.getString("headers"), row.getBytes("message"));
            String arrow = row.getString("arrow");
            Way way = Way.valueOf(row.getString("way"));
            try {
                Event event = EventJson.read(row.getString("event"), row.getString("body"));
                return new Row(row.getLong("id"), new Arrival(event, arrow, way, () -> origin), null);
            } catch (Unreadable e) {
                return new Row(row.getLong("id"), null, new Parked(arrow, way, row.getString("order_id"),
                        "early, and " + e.getMessage() + "; replay it by a hub that can", origin));
            }
        }).list().stream().sorted(Comparator.comparingLong(Row::id)).toList();
        return new Taken(rows.stream().map(Row::arrival).filter(Objects::nonNull).toList(),
                rows.stream().map(Row::parked).filter(Objects::nonNull).toList());
    }
}
