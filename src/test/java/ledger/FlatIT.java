package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import ledger.order.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question about what is pending costs the same with two million settled orders as with none. Two databases with the
 * same pending orders, asked in turn, so that what else the machine does slows both alike.
 */
class FlatIT {

    private static final int SETTLED = 2_000_000;
    private static final int MOVED = 500_000;
    private static final int PENDING = 20_000;
    private static final int RUNS = 41;

    /**
     * The median of many runs may be this much longer. Flat is 1; a neighbour's noise makes 1.5 at times, a scan of two
     * million rows makes 50 and more.
     */
    private static final double BOUND = 4;

    /** A statement that runs while orders are pending, with what it is asked. */
    private record Question(String name, String sql, Map<String, ?> params) {
    }

    /** What comes in portions: read by the same index, whatever is settled. */
    private static final List<Question> DUE = List.of(
            new Question("unaccepted", OrderRows.UNACCEPTED, Map.of("storeId", "store-7", "after", "", "limit", 100)),
            new Question("made without note", OrderRows.MADE_WITHOUT_NOTE, Map.of("after", "", "limit", 100)));

    /** What the pulls ask: each takes what is due of one debt, by its index, and writes that down. */
    private static final List<Question> CLAIMS = Stream.of(Debt.values())
            .flatMap(debt -> Stream.of(claim(debt, Stores.ALL), claim(debt, Stores.ALL.except("store-7,store-8")))).toList();

    /** What a pull for a store of its own asks: of what is due, it passes over that of other stores. */
    private static final List<Question> CLAIMS_OF_A_STORE = Stream.of(Debt.values())
            .map(debt -> claim(debt, Stores.ALL.only("store-7"))).toList();

    /** What counts all that is pending. Where nothing is settled that is the whole table, which may as well be scanned. */
    private static final List<Question> TOTALS = List.of(
            new Question("flow", OrderQueries.FLOW, Map.of()),
            new Question("owed by arrow", OwedNow.AWAITED, Map.of()));

    /** No index serves it: what a question that isn't flat looks like here. */
    private static final Question SCAN = new Question("a scan, as a control",
            "SELECT id FROM orders WHERE make = 'PAID' AND amount = :amount LIMIT 100", Map.of("amount", 1));

    private static final Retention RETENTION = new Retention(Duration.ofHours(1), Duration.ofDays(30));

    private static LedgerFixture none;
    private static LedgerFixture many;

    @BeforeAll
    static void fill() {
        none = filled("flat_none", 0);
        many = filled("flat_many", SETTLED);
    }

    @AfterAll
    static void drop() {
        for (String name : List.of("flat_none", "flat_many")) {
            LedgerFixture.shared().jdbc().sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)").update();
        }
    }

    private static Question claim(Debt debt, Stores stores) {
        return new Question("claim " + debt.id() + " " + stores, DebtRows.claimOf(debt, stores), Map.of("debt", debt.name(),
                "token", "00000000-0000-0000-0000-000000000000", "most", 100, "age", "PT0S", "lease", "PT1M",
                "stores", stores.only().toArray(String[]::new), "exceptStores", stores.except().toArray(String[]::new)));
    }

    // ── the databases ────────────────────────────────────────────────────────────────────────────────────────────

    private static LedgerFixture filled(String name, int settled) {
        LedgerFixture rig = LedgerFixture.shared().beside(name);
        // Nobody reads this again after a crash, and no plan depends on it.
        rig.jdbc().sql("ALTER TABLE orders SET UNLOGGED").update();
        List<String> over = overSeeds(rig);
        if (settled > 0) {
            timed(settled + " settled orders into orders", settled, () -> over.forEach(
                    seed -> copy(rig, "orders", seed, settled / over.size(), "now() - interval '1 hour' - n * interval '5 ms'")));
            pastDays(rig);
            timed(MOVED + " settled orders into order_history", MOVED, () -> over.forEach(seed ->
                    copy(rig, "order_history", seed, MOVED / over.size(), "now() - n * interval '20 s'")));
        }
        List<String> open = openSeeds(rig);
        open.forEach(seed -> copy(rig, "orders", seed, PENDING / open.size(), "NULL"));
        rig.jdbc().sql("ANALYZE orders, order_history").update();
        return rig;
    }

    /** One order of each end. */
    private static List<String> overSeeds(LedgerFixture rig) {
        for (String id : List.of("fetched", "cancelled", "expired")) {
            rig.confirm(id, Kind.PICKUP);
        }
        rig.confirm("delivered", Kind.DELIVERY);
        rig.apply(EventFixture.paid("fetched", "p-f"), EventFixture.made("fetched"), EventFixture.cancelWish("cancelled"),
                EventFixture.paid("delivered", "p-d"), EventFixture.made("delivered"),
                EventFixture.express("delivered", DeliveryState.DELIVERED));
        rig.impatient().apply(LedgerFixture.arrivals(EventFixture.unpaid("expired")));
        return rig.jdbc().sql("SELECT id FROM orders WHERE settled_at IS NOT NULL").query(String.class).list();
    }

    /** One order of each state in which somebody owes something. */
    private static List<String> openSeeds(LedgerFixture rig) {
        List<String> ids = List.of("unpaid", "paid", "ticket", "making", "made", "noted", "asked", "to-drop");
        ids.forEach(id -> rig.confirm(id, Kind.DELIVERY));
        ids.stream().skip(1).forEach(id -> rig.apply(EventFixture.paid(id, "p-" + id)));
        rig.apply(EventFixture.ticket("ticket"), EventFixture.started("making"), EventFixture.made("made"), EventFixture.made("noted"),
                EventFixture.express("noted", DeliveryState.NOTED), EventFixture.cancelWish("asked"), EventFixture.cancelWish("to-drop"),
                EventFixture.cancelDecided("to-drop", true));
        return ids;
    }

    /** Copies of an order, one second younger each in what it owes; whatever columns there are. */
    private static void copy(LedgerFixture rig, String table, String seed, int count, String settledAt) {
        Map<String, String> different = Map.of(
                "id", "id || '-' || lpad(n::text, 7, '0')",
                "store_id", "'store-' || n % 300",
                "settled_at", settledAt,
                "payment_due", "payment_due - n * interval '1 s'",
                "barista_due", "barista_due - n * interval '1 s'",
                "dispatch_due", "dispatch_due - n * interval '1 s'");
        String values = rig.jdbc().sql("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                """).query(String.class).list().stream()
                .map(column -> different.getOrDefault(column, "o." + column)).collect(Collectors.joining(", "));
        rig.jdbc().sql("INSERT INTO " + table + " SELECT " + values
                + " FROM orders o, generate_series(1, :count) AS n WHERE o.id = :seed")
                .param("count", count).param("seed", seed).update();
    }

    /** As they would stand after a month. */
    private static void pastDays(LedgerFixture rig) {
        rig.jdbc().sql("""
                SELECT format('CREATE UNLOGGED TABLE order_history%s PARTITION OF order_history FOR VALUES FROM (%L) TO (%L)',
                              to_char(day, '_YYYYMMDD'), day || ' 00:00+00', day + 1 || ' 00:00+00')
                FROM (SELECT (now() AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(1, 30) AS n) AS days
                """).query(String.class).list().forEach(statement -> rig.jdbc().sql(statement).update());
    }

    private static void timed(String what, int rows, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        say("%s: %.1f s, %.1f µs each", what, seconds, seconds * 1e6 / rows);
    }

    private static void say(String format, Object... values) {
        System.out.println("flat: " + String.format(Locale.ROOT, format, values));
    }

    // ── what a question costs ────────────────────────────────────────────────────────────────────────────────────

    /** @param blocks pages of 8 kB that were looked at */
    private record Cost(Set<String> plan, long blocks, double micros) {
    }

    /** Median times, both databases in turn; the first runs, in which PostgreSQL still makes its plans, don't count. */
    private static List<Cost> costs(Question question, int runs) {
        List<List<Double>> micros = List.of(new ArrayList<>(), new ArrayList<>());
        for (int run = -Math.min(12, runs); run < runs; run++) {
            for (int i = 0; i < 2; i++) {
                double time = ask(i == 0 ? none : many, question);
                if (run >= 0) {
                    micros.get(i).add(time);
                }
            }
        }
        return Stream.of(0, 1).map(i -> {
            JsonNode plan = explain(i == 0 ? none : many, question);
            return new Cost(scans(plan), plan.get("Shared Hit Blocks").asLong() + plan.get("Shared Read Blocks").asLong(),
                    micros.get(i).stream().sorted().toList().get(runs / 2));
        }).toList();
    }

    /** Taken back, whatever it does. */
    private static double ask(LedgerFixture rig, Question question) {
        return rig.transaction().execute(status -> {
            status.setRollbackOnly();
            long start = System.nanoTime();
            rig.jdbc().sql(question.sql()).params(question.params()).query().listOfRows();
            return (System.nanoTime() - start) / 1e3;
        });
    }

    private static JsonNode explain(LedgerFixture rig, Question question) {
        String json = rig.transaction().execute(status -> {
            status.setRollbackOnly();
            return rig.jdbc().sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + question.sql()).params(question.params())
                    .query(String.class).single();
        });
        return JsonMapper.shared().readTree(json).get(0).get("Plan");
    }

    /** How each table is read: by which index, or not by any. */
    private static Set<String> scans(JsonNode plan) {
        Set<String> scans = new TreeSet<>();
        String type = plan.get("Node Type").asString();
        if (plan.has("Index Name")) {
            scans.add(type + " of " + plan.get("Index Name").asString());
        } else if (plan.has("Relation Name") && !type.equals("ModifyTable")) {
            scans.add(type + " of " + plan.get("Relation Name").asString());
        }
        if (plan.has("Plans")) {
            plan.get("Plans").forEach(child -> scans.addAll(scans(child)));
        }
        return scans;
    }

    // ── promises ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void whatIsDueIsFoundByTheSamePlanInTheSameTimeHoweverMuchIsSettled() {
        for (Question question : DUE) {
            List<Cost> costs = flat(question);
            assertThat(costs.get(1).plan()).as(question.name()).isEqualTo(costs.get(0).plan());
        }
    }

    @Test
    void eachPullTakesItsShareByTheSamePlanInTheSameTimeHoweverMuchIsSettled() {
        for (Question claim : CLAIMS) {
            List<Cost> costs = costs(claim, RUNS);
            Cost few = costs.get(0);
            Cost full = costs.get(1);
            say("%s: %.0f µs with none; %.0f µs with %d settled; by %s", claim.name(), few.micros(), full.micros(), SETTLED,
                    full.plan());
            assertThat(full.plan()).as(claim.name()).isEqualTo(few.plan()).doesNotContain("Seq Scan of orders")
                    .anyMatch(scan -> scan.matches("Index Scan of orders_(payment|barista|dispatch)_due"));
            assertThat(full.micros() / few.micros()).as(claim.name() + ", times slower").isLessThan(BOUND);
        }
    }

    @Test
    void aPullOfOneStoreTakesItsShareByAnIndexOfWhatIsOwedHoweverMuchIsSettled() {
        for (Question claim : CLAIMS_OF_A_STORE) {
            List<Cost> costs = costs(claim, RUNS);
            Cost few = costs.get(0);
            Cost full = costs.get(1);
            say("%s: %.0f µs with none; %.0f µs with %d settled; by %s", claim.name(), few.micros(), full.micros(), SETTLED,
                    full.plan());
            assertThat(full.plan()).as(claim.name()).doesNotContain("Seq Scan of orders");
            assertThat(full.micros() / few.micros()).as(claim.name() + ", times slower").isLessThan(BOUND);
        }
    }

    @Test
    void whatIsPendingIsCountedInTheSameTimeHoweverMuchIsSettled() {
        TOTALS.forEach(FlatIT::flat);
    }

    private static List<Cost> flat(Question question) {
        List<Cost> costs = costs(question, RUNS);
        Cost few = costs.get(0);
        Cost full = costs.get(1);
        say("%s: %.0f µs, %d pages with none; %.0f µs, %d pages with %d settled; by %s", question.name(),
                few.micros(), few.blocks(), full.micros(), full.blocks(), SETTLED, full.plan());
        assertThat(full.plan()).as(question.name()).isNotEmpty().doesNotContain("Seq Scan of orders");
        assertThat(full.micros() / few.micros()).as(question.name() + ", times slower").isLessThan(BOUND);
        // Among many rows the pending ones lie apart, each on a page of its own; the settled ones fill 100,000 pages.
        assertThat(full.blocks()).as(question.name() + ", pages").isLessThan(few.blocks() + PENDING);
        return costs;
    }

    /** Else the tests above could not fail. */
    @Test
    void whatIsNotFlatIsSeen() {
        List<Cost> costs = costs(SCAN, 1);
        say("%s: %.0f µs with none, %.0f µs with %d settled", SCAN.name(), costs.get(0).micros(), costs.get(1).micros(),
                SETTLED);
        assertThat(costs.get(1).plan()).contains("Seq Scan of orders");
        assertThat(costs.get(1).micros() / costs.get(0).micros()).isGreaterThan(2 * BOUND);
    }

    @Test
    void anIdIsLookedUpInAMonthOfHistoryByItsIndexesAlone() {
        Question absent = new Question("an id in history", HistoryRows.FIND, Map.of("id", "fetched-new"));
        List<Cost> costs = costs(absent, RUNS);
        say("%s: %.0f µs, %d pages with 5 partitions; %.0f µs, %d pages with 35 and %d orders", absent.name(),
                costs.get(0).micros(), costs.get(0).blocks(), costs.get(1).micros(), costs.get(1).blocks(), MOVED);
        // Of the days to come, which are empty, PostgreSQL may as well scan nothing.
        assertThat(costs.get(1).plan()).filteredOn(scan -> scan.startsWith("Index Scan")).hasSizeGreaterThan(28);
        assertThat(costs.get(1).blocks()).as("a few pages a day").isLessThan(35 * 4);
    }

    @Test
    void movingCostsWhatIsMoved() {
        String move = RETENTION.move(1_000);
        double[] micros = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            assertThat(many.jdbc().sql(move).update()).isEqualTo(1_000);
            micros[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(micros);
        say("moving 1000 orders of %d: %.1f ms (median), %.1f ms (longest)", SETTLED, micros[RUNS / 2], micros[RUNS - 1]);
        assertThat(scans(explain(many, new Question("move", move, Map.of())))).contains("Index Scan of orders_settled", "Index Scan of orders_pkey")
                .doesNotContain("Seq Scan of orders");
    }
}
