package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Kind;
import contract.OrderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import testbed.HubClient;
import testbed.SharedHub;

/** A newer hub comes to a database that is large and in use. */
class MigrationsIT {

    private static final SharedHub BED = SharedHub.shared();

    /** A tenth of a large chain's: enough to build an index for longer than the hub's other statements may take. */
    private static final int ORDERS = 400_000;

    private static final Map<String, String> SLOW = Map.of(
            "spring.flyway.locations", "classpath:db/migration,classpath:db/slow",
            "spring.datasource.hikari.data-source-properties.socketTimeout", "1");

    private static ConfigurableApplicationContext hub(String database, Map<String, String> different) {
        Map<String, String> properties = new java.util.HashMap<>(different);
        properties.put("spring.datasource.url", BED.database().createDatabase(database));
        properties.put("hub.kafka.brokers", "127.0.0.1:1");
        return BED.startHub(properties);
    }

    @Test
    void aMigrationMayTakeLongerThanAStatementAndOrdersArePaidMeanwhile() {
        try (ConfigurableApplicationContext old = hub("migrations", Map.of())) {
            HubClient there = BED.client(old);
            JdbcClient jdbc = old.getBean(JdbcClient.class);
            List<OrderRequest> orders = Stream.generate(() -> HubClient.anOrder(Kind.PICKUP)).limit(100).toList();
            orders.forEach(order -> assertThat(there.confirm(order).status()).isEqualTo(201));
            for (int from = 0; from < ORDERS; from += 50_000) {
                fill(jdbc, from);
            }
            brokenOff(jdbc);

            CompletableFuture<ConfigurableApplicationContext> starting =
                    CompletableFuture.supplyAsync(() -> hub("migrations", SLOW));
            List<Duration> took = new ArrayList<>();
            for (int i = 0; !starting.isDone() || i < orders.size(); i++) {
                Instant before = Instant.now();
                assertThat(there.pay(orders.get(i % orders.size())).status()).isEqualTo(204);
                took.add(Duration.between(before, Instant.now()));
            }
            try (ConfigurableApplicationContext newer = starting.join()) {
                assertThat(BED.client(newer).get("/api/flow", SharedHub.OPERATOR).status()).isEqualTo(200);
            }
            assertThat(took.stream().mapToLong(Duration::toMillis).average().orElseThrow()).isLessThan(200);
            assertThat(jdbc.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_slow'::regclass")
                    .query(Boolean.class).single()).isTrue();
        }
    }

    private static void fill(JdbcClient jdbc, int from) {
        jdbc.sql("""
                INSERT INTO orders (id, store_id, kind, amount, currency, items, ready_at, ready_from, ready_as_of,
                                    make, payment_id, settlement, settled_at)
                SELECT 'filled-' || n, 's-' || n % 1000, 'PICKUP', 1, 'CNY', '[]', now(), 'barista', now(),
                       'MADE', 'P-' || n, 'MADE', now()
                FROM generate_series(:from::int, :from::int + 49999) AS n
                """).param("from", from).update();
    }

    /** As by a hub that was killed, or gave up: its index is there and invalid, and Flyway knows of its failure. */
    private static void brokenOff(JdbcClient jdbc) {
        assertThatThrownBy(() -> jdbc.sql("CREATE UNIQUE INDEX CONCURRENTLY orders_slow ON orders (amount)").update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(jdbc.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_slow'::regclass")
                .query(Boolean.class).single()).isFalse();
        jdbc.sql("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                                                   execution_time, success)
                VALUES (1000, '1000', 'slow index', 'SQL', 'V1000__slow_index.sql', 1, 'test', 1, false)
                """).update();
    }

    @Test
    void hubsThatStartAtOnceOnAnEmptyDatabaseAllComeUp() {
        BED.database().createDatabase("migrated_at_once");
        List<CompletableFuture<ConfigurableApplicationContext>> starting = Stream.generate(() ->
                CompletableFuture.supplyAsync(() -> hub("migrated_at_once", SLOW))).limit(2).toList();

        starting.stream().map(CompletableFuture::join).toList().forEach(hub -> {
            assertThat(BED.client(hub).get("/api/flow", SharedHub.OPERATOR).status()).isEqualTo(200);
            hub.close();
        });
    }
}
