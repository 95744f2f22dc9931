package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ledger.order.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code parked}. */
final class ParkedRows {

    /** A message that was replayed and needs a person again is parked again; one that was dismissed stays dismissed. */
    private static final String INSERT = """
            INSERT INTO parked (arrow, way, order_id, store_id, cause, source, headers, body, event, told)
            SELECT n.arrow, n.way, n.order_id, coalesce(n.store_id, o.store_id), n.cause, n.source, n.headers::json,
                   n.body, n.event, n.told::json
            FROM (SELECT DISTINCT ON (arrow, source, body) *
                  FROM unnest(:arrow::text[], :way::text[], :orderId::text[], :storeId::text[], :cause::text[],
                              :source::text[], :headers::text[], :body::bytea[], :event::text[], :told::text[])
                       WITH ORDINALITY
                       AS m(arrow, way, order_id, store_id, cause, source, headers, body, event, told, place)
                  ORDER BY arrow, source, body, place) AS n
            LEFT JOIN orders o ON o.id = n.order_id
            ORDER BY n.place
            ON CONFLICT (arrow, source, md5(body)) DO UPDATE SET state = 'PARKED', cause = EXCLUDED.cause
            WHERE parked.state = 'REPLAYED'
            """;

    private static final String COLUMNS = """
            id, parked_at, arrow, way, order_id, store_id, cause, source, headers, length(body) AS bytes, event, told,
            state, attempts, outcome, acted_at, acted_by, reason""";

    private static final String LOCK =
            "SELECT " + COLUMNS + ", body FROM parked WHERE id = :id FOR UPDATE";

    private static final String STAYS = """
            UPDATE parked SET cause = :cause, attempts = attempts + 1, outcome = :outcome, acted_at = now(),
                              acted_by = :by, reason = :reason, order_id = coalesce(order_id, :orderId)
            WHERE id = :id AND state = 'PARKED'
            """;

    private static final String REPLAYED = """
            UPDATE parked SET state = 'REPLAYED', attempts = attempts + 1, outcome = :outcome, acted_at = now(),
                              acted_by = :by, reason = :reason, order_id = coalesce(order_id, :orderId)
            WHERE id = :id AND state = 'PARKED'
            """;

    private static final String DISMISSED = """
            UPDATE parked SET state = 'DISMISSED', outcome = NULL, acted_at = now(), acted_by = :by, reason = :reason
            WHERE id = :id AND state = 'PARKED'
            """;

    private final JdbcClient jdbc;

    ParkedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return how many of them were not parked before */
    int insert(List<Parked> messages) {
        return Columns.inChunks(messages, Parked::body).stream().mapToInt(this::insertChunk).sum();
    }

    private int insertChunk(List<Parked> messages) {
        return jdbc.sql(INSERT)
                .param("arrow", Columns.of(messages, Parked::arrow))
                .param("way", Columns.of(messages, Parked::way))
                .param("orderId", Columns.of(messages, Parked::orderId))
                .param("storeId", Columns.of(messages, Parked::storeId))
                .param("cause", Columns.of(messages, Parked::cause))
                .param("source", Columns.of(messages, Parked::source))
                .param("headers", Columns.of(messages, Parked::headers))
                .param("body", Columns.bytes(messages, Parked::body))
                .param("event", Columns.of(messages, p -> p.event() == null ? null : EventJson.kind(p.event())))
                .param("told", Columns.of(messages, p -> p.event() == null ? null : EventJson.write(p.event())))
                .update();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM parked WHERE state = 'PARKED'").query(Long.class).single();
    }

    Optional<Instant> parkedAt(long id) {
        return jdbc.sql("SELECT parked_at FROM parked WHERE id = :id").param("id", id)
                .query((row, n) -> Columns.instant(row, "parked_at")).optional();
    }

    /**
     * @param after the last one of the page before; null for the first
     * @param bytes how many of each body are read
     */
    List<ParkedMessage> list(ParkedFilter filter, boolean oldestFirst, After after, int limit, int bytes) {
        Conditions where = new Conditions();
        if (filter.state() != null) {
            where.and("state = '" + filter.state() + "'");
        }
        where.and("order_id = :orderId", "orderId", filter.orderId())
                .and("store_id = :storeId", "storeId", filter.storeId())
                .and("arrow = :arrow", "arrow", filter.arrow())
                .and("parked_at >= :from::timestamptz", "from", filter.from())
                .and("parked_at < :to::timestamptz", "to", filter.to())
                .and("strpos(lower(cause), lower(:cause)) > 0", "cause", filter.cause());
        if (after != null) {
            where.and(oldestFirst ? "(parked_at, id) > (:afterAt::timestamptz, :afterId)"
                    : "(parked_at, id) < (:afterAt::timestamptz, :afterId)", "afterAt", after.parkedAt())
                    .value("afterId", after.id());
        }
        where.value("limit", limit).value("bytes", bytes);
        String order = oldestFirst ? "parked_at, id" : "parked_at DESC, id DESC";
        return jdbc.sql("SELECT " + COLUMNS + ", substring(body FROM 1 FOR :bytes) AS body FROM parked WHERE " + where.sql()
                        + " ORDER BY " + order + " LIMIT :limit")
                .params(where.values()).query(ParkedRows::message).list();
    }

    /** A place in the list. */
    record After(Instant parkedAt, long id) {
    }

    /** Reads the message and locks its row until this transaction ends. */
    Optional<ParkedMessage> lock(long id) {
        return jdbc.sql(LOCK).param("id", id).query(ParkedRows::message).optional();
    }

    /** It was replayed and stays parked. @param outcome null when no event could be applied */
    boolean stays(long id, String cause, String orderId, Outcome outcome, String by, String reason) {
        return jdbc.sql(STAYS).param("id", id).param("cause", cause).param("orderId", orderId)
                .param("outcome", outcome == null ? null : outcome.name()).param("by", by).param("reason", reason)
                .update() == 1;
    }

    boolean replayed(long id, String orderId, Outcome outcome, String by, String reason) {
        return jdbc.sql(REPLAYED).param("id", id).param("orderId", orderId).param("outcome", outcome.name())
                .param("by", by).param("reason", reason).update() == 1;
    }

    boolean dismissed(long id, String by, String reason) {
        return jdbc.sql(DISMISSED).param("id", id).param("by", by).param("reason", reason).update() == 1;
    }

    private static ParkedMessage message(ResultSet row, int n) throws SQLException {
        Instant actedAt = Columns.instant(row, "acted_at");
        String outcome = row.getString("outcome");
        return new ParkedMessage(row.getLong("id"), Columns.instant(row, "parked_at"), row.getString("arrow"),
                Way.valueOf(row.getString("way")), row.getString("order_id"), row.getString("store_id"),
                row.getString("cause"), row.getString("source"), row.getString("headers"), row.getBytes("body"),
                row.getInt("bytes"), row.getString("event"), row.getString("told"),
                ParkedState.valueOf(row.getString("state")), row.getInt("attempts"),
                actedAt == null ? null : new ParkedMessage.Act(actedAt, row.getString("acted_by"),
                        row.getString("reason"), outcome == null ? null : Outcome.valueOf(outcome)));
    }
}
