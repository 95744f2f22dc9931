package ledger;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code tick}: when a pull last ran on any hub. */
final class TickRows {

    /** A tick in the future was taken before the database's clock stepped back; it must not stop the pulls until then. */
    private static final String TAKE = """
            INSERT INTO tick (arrow, at) VALUES (:arrow, now())
            ON CONFLICT (arrow) DO UPDATE SET at = now()
                WHERE tick.at <= now() - :apart::interval OR tick.at > now() + :apart::interval
            """;

    private final JdbcClient jdbc;

    TickRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param apart how long ago the last one must be at least */
    boolean take(String arrow, Duration apart) {
        return jdbc.sql(TAKE).param("arrow", arrow).param("apart", apart.toString()).update() == 1;
    }
}
