package testbed;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the hub keeps for people, read from its tables: payments and what was parked. */
public final class KeptRows {

    private final JdbcClient jdbc;

    public KeptRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param source {@code topic/partition@offset} */
    public record Parked(String arrow, String orderId, String cause, String source, byte[] body) {
    }

    public List<Parked> parkedOf(String orderId) {
        return parked("order_id", orderId);
    }

    public List<Parked> parkedFrom(String source) {
        return parked("source", source);
    }

    public List<Parked> parkedFromStarting(String source) {
        return parked("left(source, " + source.length() + ")", source);
    }

    /** Those with this very body. */
    public List<Parked> parkedAs(byte[] body) {
        return parked("body", body);
    }

    public long parked() {
        return jdbc.sql("SELECT count(*) FROM parked").query(Long.class).single();
    }

    /** As {@code order status}. */
    public List<String> payment(String id) {
        return jdbc.sql("SELECT order_id || ' ' || status FROM payment WHERE id = :id").param("id", id)
                .query(String.class).list();
    }

    public long payments() {
        return jdbc.sql("SELECT count(*) FROM payment").query(Long.class).single();
    }

    private List<Parked> parked(String column, Object value) {
        return jdbc.sql("SELECT arrow, order_id, cause, source, body FROM parked WHERE " + column + " = :v ORDER BY id")
                .param("v", value)
                .query((row, n) -> new Parked(row.getString("arrow"), row.getString("order_id"), row.getString("cause"),
                        row.getString("source"), row.getBytes("body")))
                .list();
    }
}
