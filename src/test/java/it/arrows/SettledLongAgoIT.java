package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import contract.OrderRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hub's own upkeep, with a hub beside the shared one for which everything settled is long ago. */
class SettledLongAgoIT {

    private static final SharedHub BED = SharedHub.shared();

    private static ConfigurableApplicationContext hasty;

    @BeforeAll
    static void start() {
        hasty = BED.startHub(Map.of("hub.history.after", "0s", "hub.history.every", "100ms"));
    }

    @AfterAll
    static void end() {
        hasty.close();
    }

    private static OrderLife moved() {
        OrderLife life = OrderLife.paid(BED, Kind.PICKUP).started().awaitMake("MAKING").made().awaitSettled("MADE");
        awaitGone("orders WHERE id = '" + life.id() + "'");
        return life;
    }

    private static void awaitGone(String rows) {
        await().until(() -> count(rows) == 0);
    }

    private static int count(String rows) {
        return BED.jdbc().sql("SELECT count(*) FROM " + rows).query(Integer.class).single();
    }

    @Test
    void aMovedOrderIsReadAsBefore() {
        OrderLife life = moved();

        assertThat(count("order_history WHERE id = '" + life.id() + "'")).isEqualTo(1);
        JsonNode order = life.now();
        assertThat(order.get("settledAs").asString()).isEqualTo("MADE");
        assertThat(order.at("/make/ticketId").asString()).isEqualTo(life.ticketId());
        assertThat(life.steps("payment-callback")).containsExactly("APPLIED");
        assertThat(life.steps("made")).containsExactly("APPLIED");
    }

    @Test
    void itsIdIsNoNewOrders() {
        OrderLife life = moved();
        ObjectNode before = (ObjectNode) life.now();

        HubClient.Reply same = BED.client().confirm(life.order());
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().get("state").asString()).isEqualTo("MADE");
        assertThat(same.json().get("readyAt")).isEqualTo(before.at("/readyAt/at"));
        OrderRequest order = life.order();
        assertThat(BED.client().confirm(new OrderRequest(order.orderId(), order.storeId(), order.kind(),
                order.amount() + 1, order.currency(), order.items())).status()).isEqualTo(409);

        assertThat(count("orders WHERE id = '" + life.id() + "'")).isZero();
        assertThat(life.now()).isEqualTo(before);
    }

    @Test
    void aWordOrACallbackThatIsRepeatedIsADuplicate() {
        OrderLife life = moved().made();

        assertThat(BED.client().pay(life.order()).status()).isEqualTo(204);

        life.awaitStep("made", "DUPLICATE").awaitStep("payment-callback", "DUPLICATE");
        assertThat(count("early WHERE order_id = '" + life.id() + "'")).isZero();
        assertThat(BED.messages().on("lucky_order_to_barista_topic", life.id())).as("no second drink").hasSize(1);
    }

    @Test
    void oldDaysAreDroppedWithTheirPaymentsAndComingOnesMade() {
        String coming = name("timeline", 3);
        BED.jdbc().sql("DROP TABLE IF EXISTS " + coming).update();
        BED.jdbc().sql("""
                INSERT INTO payment (id, order_id, amount, currency, status, reported_at)
                VALUES ('P-old', 'old', 1, 'CNY', 'APPLIED', now() - interval '40 days')
                """).update();
        for (String table : List.of("timeline", "order_history")) {
            BED.jdbc().sql("CREATE TABLE " + name(table, -40) + " PARTITION OF " + table + " FOR VALUES FROM ('"
                    + day(-40) + " 00:00+00') TO ('" + day(-39) + " 00:00+00')").update();
        }

        awaitGone("pg_class WHERE relname IN ('" + name("timeline", -40) + "', '" + name("order_history", -40) + "')");
        awaitGone("payment WHERE id = 'P-old'");
        await().until(() -> count("pg_class WHERE relname = '" + coming + "'") == 1);
    }

    /** As while {@code pg_dump} runs: it reads all tables in one transaction. */
    @Test
    void aBackupKeepsNoCallbackWaitingAndTheUpkeepIsDoneAfterIt() throws SQLException {
        String coming = name("timeline", 2);
        String old = name("timeline", -41);
        List<Duration> took = new ArrayList<>();
        try (Connection backup = DriverManager.getConnection(BED.database().url(), BED.database().user(),
                BED.database().password())) {
            backup.setAutoCommit(false);
            await().until(() -> begins(backup, coming, old));

            for (int waits = 0; waits < 5 || took.size() < 50; waits += upkeepWaits()) {
                OrderRequest order = HubClient.anOrder(Kind.PICKUP);
                assertThat(BED.client().confirm(order).status()).isEqualTo(201);
                Instant before = Instant.now();
                assertThat(BED.client().pay(order).status()).isEqualTo(204);
                took.add(Duration.between(before, Instant.now()));
            }
            assertThat(count("pg_class WHERE relname = '" + old + "'")).isEqualTo(1);
            assertThat(count("pg_class WHERE relname = '" + coming + "'")).isZero();
            backup.rollback();
        }
        assertThat(took.stream().mapToLong(Duration::toMillis).average().orElseThrow()).isLessThan(150);
        awaitGone("pg_class WHERE relname = '" + old + "'");
        await().until(() -> count("pg_class WHERE relname = '" + coming + "'") == 1);
    }

    /** @return whether a day was still to be made, and one to be dropped, when it had its locks: a hub does both at once */
    private static boolean begins(Connection backup, String coming, String old) throws SQLException {
        BED.jdbc().sql("DROP TABLE IF EXISTS " + coming).update();
        if (count("pg_class WHERE relname = '" + old + "'") == 0) {
            BED.jdbc().sql("CREATE TABLE " + old + " (LIKE timeline INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY)")
                    .update();
            BED.jdbc().sql("ALTER TABLE timeline ATTACH PARTITION " + old + " FOR VALUES FROM ('" + day(-41)
                    + " 00:00+00') TO ('" + day(-40) + " 00:00+00')").update();
        }
        lock(backup, "orders, payment, order_history, timeline");
        if (count("pg_class WHERE relname = '" + coming + "'") == 0 && count("pg_class WHERE relname = '" + old + "'") == 1) {
            return true;
        }
        backup.rollback();
        return false;
    }

    private static void lock(Connection backup, String tables) throws SQLException {
        try (Statement statement = backup.createStatement()) {
            statement.execute("LOCK TABLE " + tables + " IN ACCESS SHARE MODE");
        }
    }

    private static int upkeepWaits() {
        return Math.min(1, count("pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted"));
    }

    private static String day(int fromToday) {
        return BED.jdbc().sql("SELECT ((now() AT TIME ZONE 'UTC')::date + :days)::text").param("days", fromToday)
                .query(String.class).single();
    }

    private static String name(String table, int day) {
        return table + "_" + day(day).replace("-", "");
    }
}
