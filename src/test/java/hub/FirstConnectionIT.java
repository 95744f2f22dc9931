package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import contract.Kind;
import contract.OrderRequest;
import embedded.Ports;
import embedded.TcpProxy;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifecycle.UnfitSetting;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.mock.env.MockEnvironment;
import testbed.HubClient;
import testbed.PgBouncerServer;
import testbed.SharedHub;

/** A hub finds out what its database is like before it uses it. */
class FirstConnectionIT {

    private final SharedHub bed = SharedHub.shared();

    @Test
    void behindAPoolerThatGivesEachTransactionAnotherSessionEverythingWorks() {
        assumeTrue(PgBouncerServer.isThere(), "needs pgbouncer");
        String url = bed.database().createDatabase("behind_transaction_pooler");
        ExecutorService customers = Executors.newFixedThreadPool(8);
        // Without the broker: a hub that comes and goes would have the shared one read its records again.
        try (PgBouncerServer pooler = new PgBouncerServer(bed.database(), "transaction");
             ConfigurableApplicationContext hub = bed.startHub(Map.of("spring.datasource.url", pooler.url(url),
                     "spring.flyway.url", url, "spring.flyway.user", bed.database().user(),
                     "spring.flyway.password", bed.database().password(), "hub.kafka.brokers", "127.0.0.1:9"))) {
            HubClient client = bed.client(hub);
            // More often than the driver leaves a statement unprepared, on sessions that are mixed.
            List<Integer> statuses = IntStream.range(0, 60).mapToObj(n -> CompletableFuture.supplyAsync(() -> {
                OrderRequest order = HubClient.anOrder(Kind.PICKUP);
                return Stream.of(client.confirm(order).status(), client.pay(order).status(),
                        client.get("/api/orders/" + order.orderId(), SharedHub.VIEWER).status());
            }, customers)).toList().stream().flatMap(CompletableFuture::join).toList();

            assertThat(statuses).containsOnly(201, 204, 200);
            assertThat(prepareThreshold(hub.getBean(HikariDataSource.class))).isEqualTo("0");
        } finally {
            customers.shutdown();
        }
    }

    @Test
    void aPoolerThatLeavesEachConnectionItsSessionAndADirectWayCostNothing() {
        assumeTrue(PgBouncerServer.isThere(), "needs pgbouncer");
        try (PgBouncerServer pooler = new PgBouncerServer(bed.database(), "session");
             HikariDataSource pooled = pool(pooler.url(bed.database().url()));
             HikariDataSource direct = pool(bed.database().url())) {
            assertThat(prepareThreshold(looked(pooled))).isNull();
            assertThat(prepareThreshold(looked(direct))).isNull();
        }
    }

    @Test
    void migrationsAreNotLetLooseOnSessionsThatAreShared() {
        assumeTrue(PgBouncerServer.isThere(), "needs pgbouncer");
        try (PgBouncerServer pooler = new PgBouncerServer(bed.database(), "transaction");
             HikariDataSource pool = pool(pooler.url(bed.database().url()))) {
            assertThatThrownBy(() -> new FirstConnection(new MockEnvironment())
                    .postProcessAfterInitialization(pool, "dataSource"))
                    .isInstanceOf(UnfitSetting.class).hasMessageContaining("SPRING_FLYWAY_URL");
        }
    }

    @Test
    void whoKnowsBetterIsNotOverruled() {
        assumeTrue(PgBouncerServer.isThere(), "needs pgbouncer");
        try (PgBouncerServer pooler = new PgBouncerServer(bed.database(), "transaction");
             HikariDataSource pool = pool(pooler.url(bed.database().url()))) {
            pool.addDataSourceProperty("prepareThreshold", "3");
            assertThat(prepareThreshold(looked(pool))).isEqualTo("3");
        }
    }

    @Test
    void aDatabaseThatComesWithinSecondsIsWaitedFor() {
        try (TcpProxy way = TcpProxy.before(bed.database().port());
             HikariDataSource pool = pool(bed.database().url().replace(":" + bed.database().port(), ":" + way.port()))) {
            way.cut();
            ListAppender<ILoggingEvent> said = new ListAppender<>();
            said.start();
            Logger log = (Logger) LoggerFactory.getLogger(FirstConnection.class);
            log.addAppender(said);
            try {
                CompletableFuture<HikariDataSource> looking = CompletableFuture.supplyAsync(() -> looked(pool));
                await().until(() -> !List.copyOf(said.list).isEmpty());
                way.pass();
                assertThat(looking.join()).isSameAs(pool);
                assertThat(said.list.get(0).getFormattedMessage()).contains(":" + way.port() + "/hub")
                        .contains("; try 2 of 6 in ");
            } finally {
                log.detachAppender(said);
            }
        }
    }

    @Test
    void whatWaitingDoesNotMendIsSaidAtOnce() {
        try (HikariDataSource pool = pool(bed.database().url())) {
            pool.setPassword("wrong");
            long begun = System.nanoTime();
            assertThatThrownBy(() -> looked(pool)).isInstanceOf(CannotGetJdbcConnectionException.class);
            assertThat(System.nanoTime() - begun).as("one try").isLessThan(2_000_000_000L);
        }
        try (HikariDataSource pool = pool("jdbc:postgresql://127.0.0.1:" + Ports.free() + "/hub")) {
            assertThatThrownBy(() -> looked(pool)).isInstanceOf(CannotGetJdbcConnectionException.class);
        }
    }

    @Test
    void aTimeZoneThatTheServerDoesNotKnowIsNotAskedFor() {
        TimeZone before = TimeZone.getDefault();
        TimeZone unknown = TimeZone.getTimeZone("Asia/Shanghai");
        unknown.setID("Moon/Tranquility");
        try (HikariDataSource pool = pool(bed.database().url())) {
            TimeZone.setDefault(unknown);
            assertThat(looked(pool)).isSameAs(pool);
            assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(bed.database().user());
        pool.setPassword(bed.database().password());
        return pool;
    }

    private static HikariDataSource looked(HikariDataSource pool) {
        return (HikariDataSource) new FirstConnection(
                new MockEnvironment().withProperty("spring.flyway.url", "jdbc:postgresql://db/hub")).postProcessAfterInitialization(pool, "dataSource");
    }

    private static Object prepareThreshold(HikariDataSource pool) {
        return pool.getDataSourceProperties().get("prepareThreshold");
    }
}
