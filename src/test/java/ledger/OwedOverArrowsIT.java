package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import ledger.order.Change;
import ledger.order.Order;
import org.junit.jupiter.api.Test;

/** What is owed over arrows that were added later, and how pulls work it off. */
class OwedOverArrowsIT {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    @Test
    void whatNobodyWasAskedForIsOwedOverAnAddedArrowAtOnce() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        guarantee();
        rig.apply(EventFixture.made("1"));
        WorkQueue owed = rig.queues().over("loyalty");
        owed.release(owed.claim(10, LEASE), "no answer: circuit open");

        assertThat(rig.jdbc().sql("SELECT attempts || ' ' || cause FROM owed").query(String.class).list())
                .containsExactly("0 no answer: circuit open");
        assertThat(ids(owed.claim(10, LEASE))).containsExactly("1");
    }

    @Test
    void anArrowThatIsAddedWhileOrdersAreInFlightIsOwedFromThenOn() {
        confirm(Kind.PICKUP, "before", "after", "another");
        pay("before", "after", "another");
        rig.apply(EventFixture.made("before"));
        assertThat(guarantee().added()).isTrue();
        assertThat(guarantee().added()).as("a second hub, or a restart").isFalse();
        rig.apply(EventFixture.made("after"), EventFixture.made("another"), EventFixture.made("after"));

        WorkQueue owed = rig.queues().over("loyalty");
        Claim claim = owed.claim(10, LEASE);
        assertThat(ids(claim)).containsExactlyInAnyOrder("after", "another");
        assertThat(owed.claim(10, LEASE).orders()).as("leased").isEmpty();
        assertThat(rig.queues().acknowledge("loyalty", List.of("after", "before"))).containsExactly("after");
        assertThat(owed.settle(claim, Map.of("another", "full"), PAUSE)).containsExactly("another");
        assertThat(rig.jdbc().sql("SELECT order_id || ' ' || attempts || ' ' || cause FROM owed").query(String.class)
                .list()).containsExactly("another 1 full");
    }

    @Test
    void aDebtOfAnAddedArrowIsWrittenWithTheChangeThatCausesItOrNotAtAll() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        guarantee();
        rig.transaction().execute(status -> {
            rig.apply(EventFixture.made("1"));
            status.setRollbackOnly();
            return null;
        });
        assertThat(rig.count("owed")).isZero();
        assertThat(rig.order("1").settled()).isNull();
    }

    @Test
    void anAddedArrowMayBeForOneKindOfOrderOnly() {
        rig.queues().guarantee("rides", Change.PAID, Kind.DELIVERY, Duration.ZERO);
        confirm(Kind.PICKUP, "fetched");
        confirm(Kind.DELIVERY, "brought");
        pay("fetched", "brought");
        assertThat(ids(rig.queues().over("rides").claim(10, LEASE))).containsExactly("brought");
    }

    private Guarantee guarantee() {
        return rig.queues().guarantee("loyalty", Change.SETTLED, null, Duration.ZERO);
    }

    @Test
    void whatIsOwedOverAnAddedArrowIsAskedForNowToo() {
        rig.queues().guarantee("added", Change.PAID, null, Duration.ofMinutes(1));
        confirm(Kind.PICKUP, "1");
        pay("1");
        rig.jdbc().sql("UPDATE owed SET due = due + interval '3 hours'").update();

        rig.queues().over("added").recall(Duration.ofMinutes(10));

        assertThat(ids(rig.queues().over("added").claim(10, LEASE))).containsExactly("1");
    }

    private void confirm(Kind kind, String... orders) {
        for (String order : orders) {
            rig.confirm(order, kind);
        }
    }

    private void pay(String... orders) {
        for (String order : orders) {
            rig.apply(EventFixture.paid(order, "pay-" + order));
        }
    }

    private static List<String> ids(Claim claim) {
        return claim.orders().stream().map(Order::id).toList();
    }
}
