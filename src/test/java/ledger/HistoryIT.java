package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Kind;
import java.time.Duration;
import java.util.List;
import ledger.order.Change;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that were settled long enough ago are in another table, and nobody who asks or tells can say so. */
class HistoryIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention AT_ONCE = new Retention(Duration.ZERO, DAY.multipliedBy(30));

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    @BeforeEach
    @AfterEach
    void noOldDays() {
        run(new Retention(Duration.ZERO, DAY).oldDays());
    }

    /** What the question answers with is executed. */
    private List<String> run(String question) {
        List<String> statements = rig.jdbc().sql(question).query(String.class).list();
        statements.forEach(statement -> rig.jdbc().sql(statement).update());
        return statements;
    }

    private int move() {
        return rig.jdbc().sql(AT_ONCE.move(100)).update();
    }

    private void delivered(String id) {
        rig.confirm(id, Kind.DELIVERY);
        rig.apply(EventFixture.paid(id, "p" + id), EventFixture.ticket(id), EventFixture.started(id), EventFixture.made(id),
                EventFixture.express(id, DeliveryState.DELIVERED));
    }

    private Outcome outcome(Event event) {
        return rig.apply(event).get(0).outcome();
    }

    // ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void whoReadsAnOrderCanNotTellThatItMoved() {
        delivered("1");
        Order before = rig.order("1");
        List<Step> steps = rig.queries().timeline("1");

        assertThat(move()).isEqualTo(1);

        assertThat(rig.count("orders")).isZero();
        assertThat(rig.order("1")).isEqualTo(before);
        assertThat(rig.queries().timeline("1")).isEqualTo(steps).hasSize(5);
    }

    @Test
    void whatIsNotSettledOrNotForLongStays() {
        delivered("old");
        delivered("young");
        rig.confirm("open", Kind.PICKUP);
        rig.jdbc().sql("UPDATE orders SET settled_at = settled_at - interval '61 minutes' WHERE id = 'old'").update();

        assertThat(rig.jdbc().sql(new Retention(Duration.ofHours(1), DAY).move(100)).update()).isEqualTo(1);

        assertThat(rig.jdbc().sql("SELECT id FROM orders ORDER BY id").query(String.class).list())
                .containsExactly("open", "young");
    }

    @Test
    void theOldestMoveFirstAndNoMoreThanAskedFor() {
        for (String id : List.of("c", "a", "b")) {
            delivered(id);
        }
        assertThat(rig.jdbc().sql(AT_ONCE.move(2)).update()).isEqualTo(2);
        assertThat(rig.jdbc().sql("SELECT id FROM orders").query(String.class).list()).containsExactly("b");
    }

    @Test
    void historyHasTheColumnsOfTheLiveTable() {
        assertThat(columns("order_history")).isEqualTo(columns("orders")).hasSizeGreaterThan(20);
    }

    /** In their order, with their types: what is moved is moved by position. */
    private List<String> columns(String table) {
        return rig.jdbc().sql("""
                SELECT a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                       || CASE WHEN a.attnotnull AND a.attname <> 'settled_at' THEN ' not null' ELSE '' END
                FROM pg_attribute a WHERE a.attrelid = :table::regclass AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """).param("table", table).query(String.class).list();
    }

    // ── what is said of an order that moved ──────────────────────────────────────────────────────────────────────

    @Test
    void anIdInHistoryStaysTaken() {
        delivered("1");
        Order order = rig.order("1");
        move();

        assertThat(rig.confirm("1", Kind.DELIVERY)).isEqualTo(new Confirmation.Same(order));
        assertThat(rig.confirm("1", Kind.PICKUP)).isEqualTo(new Confirmation.Different(order));

        assertThat(rig.count("orders")).isZero();
        assertThat(rig.timeline("1")).hasSize(5);
        assertThat(rig.recorder().of("1")).containsOnlyOnce(Change.CONFIRMED);
    }

    @Test
    void lateWordsOfAMovedOrderAreJudgedAsIfItWereLive() {
        delivered("1");
        move();

        assertThat(outcome(EventFixture.made("1"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(outcome(EventFixture.started("1"))).isEqualTo(Outcome.STALE);
        assertThat(outcome(EventFixture.express("1", DeliveryState.PICKED_UP))).isEqualTo(Outcome.STALE);
        assertThat(outcome(EventFixture.paid("1", "p1"))).isEqualTo(Outcome.DUPLICATE);
        assertThat(outcome(EventFixture.paid("1", "another"))).isEqualTo(Outcome.REFUND_DUE);
        assertThat(outcome(EventFixture.cancelWish("1"))).isEqualTo(Outcome.REFUSED);

        assertThat(rig.count("early")).isZero();
        assertThat(rig.payment("another")).startsWith("REFUND_DUE");
        assertThat(rig.timeline("1")).hasSize(11);
    }

    @Test
    void aBatchMayTellOfLiveMovedAndUnknownOrders() {
        delivered("moved");
        move();
        rig.confirm("live", Kind.PICKUP);

        assertThat(rig.apply(EventFixture.made("moved"), EventFixture.paid("live", "p"), EventFixture.made("unknown")))
                .extracting(Result::outcome).containsExactly(Outcome.DUPLICATE, Outcome.APPLIED, Outcome.EARLY);
    }

    @Test
    void aPaymentOfAMovedOrderIsNoPaymentOfAnother() {
        delivered("1");
        move();
        rig.confirm("2", Kind.PICKUP);

        assertThat(outcome(EventFixture.paid("2", "p1"))).isEqualTo(Outcome.CONFLICT);
        assertThat(rig.order("2").making().state()).isEqualTo(MakeState.CONFIRMED);
    }

    // ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void theDaysToComeAreThereFromTheStartAndMadeOnce() {
        for (String table : List.of("order_history", "timeline")) {
            assertThat(days(table)).hasSizeGreaterThanOrEqualTo(4).contains(today(table, 0), today(table, 3));
        }
        rig.jdbc().sql("DROP TABLE " + today("timeline", 3)).update();
        assertThat(run(AT_ONCE.newDays())).singleElement().asString().contains(today("timeline", 3));
        assertThat(run(AT_ONCE.newDays())).isEmpty();
    }

    @Test
    void aDayIsDroppedWholeWhenItsLastMomentHasBeenKeptLongEnough() {
        for (int ago : List.of(30, 31, 32)) {
            make("timeline", -ago);
            make("order_history", -ago);
        }
        assertThat(run(AT_ONCE.oldDays())).hasSize(4);
        assertThat(days("timeline")).contains(today("timeline", -30))
                .doesNotContain(today("timeline", -31), today("timeline", -32));
        assertThat(days("order_history")).contains(today("order_history", -30))
                .doesNotContain(today("order_history", -31), today("order_history", -32));
        assertThat(run(AT_ONCE.oldDays())).isEmpty();
    }

    /** The upkeep failed for days, or an order was settled while no hub was there to make its day. */
    @Test
    void whatNoDayTakesIsKeptInTheRestAndDroppedFromThere() {
        delivered("1");
        rig.jdbc().sql("UPDATE orders SET settled_at = now() - interval '40 days'").update();
        rig.jdbc().sql("""
                INSERT INTO timeline (order_id, at, arrow, way, outcome)
                VALUES ('1', now() - interval '40 days', 'a', 'PUSH', 'APPLIED')
                """).update();
        move();
        assertThat(rig.count("order_history_rest")).isEqualTo(1);
        assertThat(rig.order("1").settled().as()).isEqualTo(Settlement.DELIVERED);

        Retention longer = new Retention(Duration.ZERO, DAY.multipliedBy(50));
        assertThat(rig.jdbc().sql(longer.dropRestOfHistory(10)).update()).isZero();
        assertThat(rig.jdbc().sql(AT_ONCE.dropRestOfHistory(10)).update()).isEqualTo(1);
        assertThat(rig.jdbc().sql(AT_ONCE.dropRestOfTimeline(10)).update()).isEqualTo(1);
        assertThat(rig.queries().find("1")).isEmpty();
        assertThat(rig.queries().timeline("1")).as("of today").hasSize(5);
    }

    @Test
    void aDayThatTheRestHasRowsOfIsLeftToTheRest() {
        rig.jdbc().sql("DROP TABLE " + today("timeline", 2)).update();
        rig.jdbc().sql("""
                INSERT INTO timeline (order_id, at, arrow, way, outcome)
                VALUES ('1', now() + interval '2 days', 'a', 'PUSH', 'APPLIED')
                """).update();
        assertThat(rig.count("timeline_rest")).isEqualTo(1);
        assertThat(run(AT_ONCE.newDays())).isEmpty();

        rig.empty();
        assertThat(run(AT_ONCE.newDays())).hasSize(1);
    }

    private void make(String table, int daysFromNow) {
        rig.jdbc().sql("""
                SELECT format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', :name::text, :table::text,
                              day || ' 00:00+00', day + 1 || ' 00:00+00')
                FROM (SELECT (now() AT TIME ZONE 'UTC')::date + :days AS day) AS d
                """).param("name", today(table, daysFromNow)).param("table", table).param("days", daysFromNow)
                .query(String.class).list().forEach(statement -> rig.jdbc().sql(statement).update());
    }

    private String today(String table, int plusDays) {
        return rig.jdbc().sql("SELECT :table || to_char((now() AT TIME ZONE 'UTC')::date + :days, '_YYYYMMDD')")
                .param("table", table).param("days", plusDays).query(String.class).single();
    }

    private List<String> days(String table) {
        return rig.jdbc().sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = :table::regclass")
                .param("table", table).query(String.class).list();
    }

    // ── payments ─────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void aPaymentGoesAfterItsOrderAndARefundThatIsDueStays() {
        for (String id : List.of("live", "moved", "gone", "owed", "late")) {
            delivered(id);
        }
        rig.apply(EventFixture.paid("gone", "p-twice"));
        rig.jdbc().sql("UPDATE payment SET reported_at = now() - interval '40 days' WHERE id <> 'plate'").update();
        rig.jdbc().sql("UPDATE payment SET status = 'REFUND_DUE' WHERE id = 'powed'").update();
        rig.jdbc().sql("UPDATE orders SET settled_at = now() + interval '1 hour' WHERE id = 'live'").update();
        rig.jdbc().sql("DELETE FROM orders WHERE id IN ('gone', 'owed', 'late')").update();
        assertThat(move()).isEqualTo(1);

        assertThat(rig.jdbc().sql(AT_ONCE.dropPayments(10)).update()).isEqualTo(1);
        assertThat(rig.jdbc().sql("SELECT id FROM payment ORDER BY id").query(String.class).list())
                .containsExactly("p-twice", "plate", "plive", "pmoved", "powed");
    }

    @Test
    void moneyThatNoOrderWasMadeForIsDueBackWhenItsTimeIsOver() {
        rig.apply(EventFixture.paid("never", "p"));
        rig.impatient().parkOverdueEarly(10);
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "q", 1));
        rig.jdbc().sql("UPDATE payment SET status = 'REFUSED' WHERE id = 'q'").update();
        rig.jdbc().sql("DELETE FROM orders").update();
        rig.jdbc().sql("UPDATE payment SET reported_at = now() - interval '40 days'").update();

        rig.jdbc().sql(AT_ONCE.dropPayments(10)).update();

        assertThat(rig.payment("p")).isEqualTo("REFUND_DUE: no order came");
        assertThat(rig.payment("q")).as("refused by an older hub").startsWith("REFUND_DUE: paid 1 CNY");
    }

    @Test
    void timesThatMakeNoSenseAreRefusedAndSayWhatWould() {
        assertThatThrownBy(() -> new Retention(Duration.ofSeconds(-1), DAY)).hasMessageContaining("0s or more");
        assertThatThrownBy(() -> new Retention(Duration.ZERO, Duration.ofHours(23))).hasMessageContaining("1d or more");
        assertThatThrownBy(() -> new Retention(DAY.multipliedBy(2), DAY)).hasMessageContaining("no less");
    }
}
