package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pulls find, and how several hubs share it. */
class LedgerPullsIT {

    private static final Duration NO_AGE = Duration.ZERO;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final LedgerFixture rig = LedgerFixture.shared();
    /** A hub for which every silence is too long. */
    private Ledger hub;

    @BeforeEach
    void empty() {
        rig.empty();
        hub = rig.impatient();
    }

    // ── what is due

    @Test
    void eachPullFindsTheOrdersThatAreOwedWhatItAsksFor() {
        confirm(Kind.DELIVERY, "unpaid", "paid", "ticket", "making", "made", "noted", "asked", "dropped", "done");
        pay("paid", "ticket", "making", "made", "noted", "asked", "dropped", "done");
        hub.apply(LedgerFixture.arrivals(EventFixture.ticket("ticket"), EventFixture.started("making"), EventFixture.made("made"), EventFixture.made("noted"),
                EventFixture.express("noted", DeliveryState.NOTED), EventFixture.cancelWish("asked"), EventFixture.cancelWish("dropped"),
                EventFixture.cancelDecided("dropped", true), EventFixture.made("done"),
                EventFixture.express("done", DeliveryState.DELIVERED)));

        assertThat(due(Debt.PAYMENT)).containsExactly("unpaid");
        assertThat(due(Debt.TICKET)).containsExactly("paid");
        assertThat(due(Debt.MAKING)).containsExactlyInAnyOrder("ticket", "making");
        assertThat(due(Debt.DECISION)).containsExactly("asked");
        assertThat(due(Debt.NOTE)).containsExactly("made");
        assertThat(due(Debt.DELIVERY)).containsExactly("noted");
        assertThat(due(Debt.DROP)).containsExactly("dropped");
    }

    @Test
    void aSideThatIsNotSilentForLongEnoughIsLeftAlone() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        Duration age = Duration.ofHours(1);
        Claim claim = rig.queues().of(Debt.TICKET, Stores.ALL, age).claim(10, LEASE);

        assertThat(claim.orders()).isEmpty();
        assertThat(claim.looked()).as("it was looked at, and waits on").isEqualTo(1);
        assertThat(rig.queues().of(Debt.TICKET, Stores.ALL, age).claim(10, LEASE).looked()).isZero();
        Order order = rig.order("1");
        assertThat(order.dues().barista().at()).isEqualTo(order.making().since().plus(age));
    }

    @Test
    void theOldestComesFirst() {
        confirm(Kind.PICKUP, "third", "first", "second");
        pay("third", "first", "second");
        rig.jdbc().sql("""
                UPDATE orders SET barista_due = now() - CASE id WHEN 'first' THEN interval '3 min'
                    WHEN 'second' THEN interval '2 min' ELSE interval '1 min' END
                """).update();

        WorkQueue pending = rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE);
        assertThat(ids(pending.claim(1, LEASE))).containsExactly("first");
        assertThat(ids(pending.claim(1, LEASE))).containsExactly("second");
        assertThat(ids(pending.claim(1, LEASE))).containsExactly("third");
    }

    @Test
    void aPullOfSomeStoresTakesTheirOrdersAndTheOneThatLeavesThemOutTheRest() {
        confirmAt("store-7", "ours", "ours-too");
        confirmAt("store-8", "other");
        pay("ours", "ours-too", "other");

        assertThat(ids(rig.queues().of(Debt.TICKET, Stores.ALL.except("store-7,store-9"), NO_AGE).claim(10, LEASE)))
                .containsExactly("other");
        assertThat(ids(rig.queues().of(Debt.TICKET, Stores.ALL.only("store-7,store-9"), NO_AGE).claim(10, LEASE)))
                .containsExactlyInAnyOrder("ours", "ours-too");
    }

    @Test
    void whatWasAskedInVainGoesBehindWhatWaitsAndWhatWasNotAskedStaysBeforeIt() {
        confirm(Kind.PICKUP, "broken", "unasked", "waits");
        pay("broken", "unasked", "waits");
        rig.jdbc().sql("""
                UPDATE orders SET make_since = now() - CASE id WHEN 'broken' THEN interval '3 min'
                    WHEN 'unasked' THEN interval '2 min' ELSE interval '1 min' END
                """).update();
        rig.jdbc().sql("UPDATE orders SET barista_due = make_since").update();
        WorkQueue pending = rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE);
        Claim claim = pending.claim(2, LEASE);
        pending.settle(claim.of(claim.orders().stream().filter(order -> order.id().equals("broken")).toList()),
                Map.of("broken", "no answer: status 500"), new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
        pending.release(claim.of(claim.orders().stream().filter(order -> order.id().equals("unasked")).toList()), "no time");

        assertThat(ids(pending.claim(1, LEASE))).containsExactly("unasked");
        assertThat(ids(pending.claim(1, LEASE))).containsExactly("waits");
        assertThat(ids(pending.claim(1, LEASE))).containsExactly("broken");
    }

    // ── shared among hubs

    @Test
    void hubsThatPullAtOnceShareTheWorkAndTakeNothingTwice() throws Exception {
        String[] orders = IntStream.range(0, 200).mapToObj(n -> "o" + n).toArray(String[]::new);
        confirm(Kind.PICKUP, orders);
        pay(orders);
        List<String> taken = new ArrayList<>();
        ExecutorService hubs = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<String>>> pulls = IntStream.range(0, 4).<Callable<List<String>>>mapToObj(n -> () -> {
                List<String> mine = new ArrayList<>();
                for (Claim claim = claim(Debt.TICKET, 7); claim.looked() > 0; claim = claim(Debt.TICKET, 7)) {
                    mine.addAll(ids(claim));
                }
                return mine;
            }).toList();
            for (Future<List<String>> pull : hubs.invokeAll(pulls)) {
                taken.addAll(pull.get());
            }
        } finally {
            hubs.shutdownNow();
        }

        assertThat(taken).doesNotHaveDuplicates().containsExactlyInAnyOrder(orders);
    }

    @Test
    void whatAHubHadInHandWhenThePowerWentIsDueAgainWhenItsLeaseEnds() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        claim(Debt.TICKET, 10);
        assertThat(claim(Debt.TICKET, 10).orders()).as("leased").isEmpty();

        leaseEnds();
        assertThat(ids(claim(Debt.TICKET, 10))).containsExactly("1");
    }

    @Test
    void aHubThatWakesAfterItsLeaseDoesNoHarm() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        Claim stopped = claim(Debt.TICKET, 10);
        leaseEnds();
        claim(Debt.TICKET, 10);
        Order leased = rig.order("1");

        assertThat(rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).settle(stopped, Map.of("1", "asleep"), PAUSE)).isEmpty();
        assertThat(rig.order("1")).as("the lease of the other is untouched").isEqualTo(leased);
        assertThat(hub.apply(LedgerFixture.arrivals(EventFixture.ticket("1"), EventFixture.ticket("1"))))
                .extracting(Result::outcome).as("and what it was told is applied once")
                .containsExactly(Outcome.APPLIED, Outcome.DUPLICATE);
    }

    @Test
    void aTickIsOneHubs() {
        assertThat(rig.queues().takeTick("pull", Duration.ofMinutes(1))).isTrue();
        assertThat(rig.queues().takeTick("pull", Duration.ofMinutes(1))).isFalse();
        assertThat(rig.queues().takeTick("other", Duration.ofMinutes(1))).isTrue();
        assertThat(rig.queues().takeTick("pull", Duration.ZERO)).as("later").isTrue();
    }

    @Test
    void aClockThatStepsBackStopsNoTicks() {
        assertThat(rig.queues().takeTick("pull", Duration.ofMinutes(1))).isTrue();
        rig.jdbc().sql("UPDATE tick SET at = at + interval '3 hours'").update();

        assertThat(rig.queues().takeTick("pull", Duration.ofMinutes(1))).isTrue();
        assertThat(rig.queues().takeTick("pull", Duration.ofMinutes(1))).isFalse();
    }

    /** The order was paid an hour from now, so to speak. */
    @Test
    void whatWasWrittenBeforeTheClockSteppedBackIsAskedForNow() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        rig.jdbc().sql("""
                UPDATE orders SET make_since = make_since + interval '3 hours', barista_due = barista_due + interval '3 hours'
                """).update();
        WorkQueue tickets = rig.queues().of(Debt.TICKET, Stores.ALL, Duration.ofMinutes(1));
        assertThat(tickets.claim(10, Duration.ofMinutes(1)).orders()).isEmpty();

        tickets.recall(Duration.ofMinutes(10));

        assertThat(tickets.claim(10, Duration.ofMinutes(1)).orders()).extracting(Order::id).containsExactly("1");
        tickets.recall(Duration.ofMinutes(10));
        assertThat(tickets.claim(10, Duration.ofMinutes(1)).looked()).as("its lease is no longer than usual").isZero();
    }

    // ── after the question

    @Test
    void whatIsStillOwedIsAskedForAgainAfterAPauseThatGrows() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        for (int attempt = 1; attempt <= 5; attempt++) {
            Claim claim = claim(Debt.TICKET, 10);
            assertThat(ids(claim)).containsExactly("1");
            assertThat(rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).settle(claim, Map.of("1", "closed"), PAUSE))
                    .containsExactly("1");

            long full = Math.min(10L << attempt - 1, 60);
            double pause = rig.jdbc().sql("SELECT extract(epoch FROM barista_due - now()) FROM orders")
                    .query(Double.class).single();
            assertThat(pause).as("pause %d", attempt).isBetween(full * 0.5 - 1, full * 1.5);
            assertThat(rig.jdbc().sql("SELECT number || ' ' || cause FROM attempt").query(String.class).single())
                    .isEqualTo(attempt + " closed");
            leaseEnds();
        }
    }

    @Test
    void whatWasSettledByTheAnswerIsNotAskedForAgain() {
        confirm(Kind.PICKUP, "answered", "silent");
        pay("answered", "silent");
        Claim claim = claim(Debt.TICKET, 10);
        hub.apply(LedgerFixture.arrivals(EventFixture.ticket("answered")));

        assertThat(rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).settle(claim, Map.of(), PAUSE)).containsExactly("silent");
        assertThat(rig.order("answered").dues().barista().debt()).isEqualTo(Debt.MAKING);
    }

    @Test
    void whatNobodyWasAskedForIsDueAtOnceOldestFirstAndItWasNoAttempt() {
        confirm(Kind.PICKUP, "older", "newer");
        pay("older", "newer");
        rig.jdbc().sql("UPDATE orders SET make_since = now() - interval '1 h' WHERE id = 'older'").update();
        Claim asked = claim(Debt.TICKET, 10);
        rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).settle(asked, Map.of("older", "closed", "newer", "closed"), PAUSE);
        leaseEnds();
        rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).release(claim(Debt.TICKET, 10), "no answer: circuit open");

        assertThat(rig.jdbc().sql("SELECT number || ' ' || cause FROM attempt").query(String.class).list())
                .containsOnly("1 no answer: circuit open");
        assertThat(ids(claim(Debt.TICKET, 1))).containsExactly("older");
        assertThat(ids(claim(Debt.TICKET, 1))).containsExactly("newer");
    }

    @Test
    void aHubThatWakesAfterItsLeaseGivesNothingBackThatAnotherHasInHand() {
        confirm(Kind.PICKUP, "1");
        pay("1");
        Claim stopped = claim(Debt.TICKET, 10);
        leaseEnds();
        claim(Debt.TICKET, 10);
        Order leased = rig.order("1");

        rig.queues().of(Debt.TICKET, Stores.ALL, NO_AGE).release(stopped, "no answer: circuit open");
        assertThat(rig.order("1")).isEqualTo(leased);
    }

    private void confirm(Kind kind, String... orders) {
        for (String order : orders) {
            hub.confirm(List.of(LedgerFixture.wish(order, kind)));
        }
    }

    private void confirmAt(String storeId, String... orders) {
        for (String order : orders) {
            hub.confirm(List.of(new NewOrder(order, new Order.Content(storeId, Kind.PICKUP, 3200, "CNY", "[]"), LedgerFixture.READY, null,
                    List.of())));
        }
    }

    private void pay(String... orders) {
        List<Event> paid = new ArrayList<>();
        for (String order : orders) {
            paid.add(EventFixture.paid(order, "pay-" + order));
        }
        hub.apply(LedgerFixture.arrivals(paid.toArray(Event[]::new)));
    }

    private Claim claim(Debt debt, int most) {
        return rig.queues().of(debt, Stores.ALL, NO_AGE).claim(most, LEASE);
    }

    private Set<String> due(Debt debt) {
        return new HashSet<>(ids(claim(debt, 100)));
    }

    private void leaseEnds() {
        rig.jdbc().sql("UPDATE orders SET barista_due = now() WHERE barista_due IS NOT NULL").update();
    }

    private static List<String> ids(Claim claim) {
        return claim.orders().stream().map(Order::id).toList();
    }
}
