package ledger;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code tick}. */
final class TickRows {

    private static final String TAKE = """
            INSERT INTO tick (arrow, at) VALUES (:arrow, now())
            ON CONFLICT (arrow) DO UPDATE SET at = now() WHERE tick.at <= now() - :apart::interval
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
