package ledger;

import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code parked}. */
final class ParkedRows {

    private static final String INSERT = """
            INSERT INTO parked (arrow, way, order_id, cause, source, headers, body)
            SELECT arrow, way, order_id, cause, source, headers::json, decode(body, 'hex')
            FROM unnest(:arrow::text[], :way::text[], :orderId::text[], :cause::text[], :source::text[],
                        :headers::text[], :body::text[])
                 AS n(arrow, way, order_id, cause, source, headers, body)
            ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;

    ParkedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return how many of them were not parked before */
    int insert(List<Parked> messages) {
        return jdbc.sql(INSERT)
                .param("arrow", Columns.of(messages, Parked::arrow))
                .param("way", Columns.of(messages, Parked::way))
                .param("orderId", Columns.of(messages, Parked::orderId))
                .param("cause", Columns.of(messages, Parked::cause))
                .param("source", Columns.of(messages, Parked::source))
                .param("headers", Columns.of(messages, Parked::headers))
                .param("body", Columns.of(messages, p -> HexFormat.of().formatHex(p.body())))
                .update();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM parked").query(Long.class).single();
    }
}
