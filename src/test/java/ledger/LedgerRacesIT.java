package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger.order.CancelState;
import ledger.order.Change;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hubs, or two threads of one, at the same order at the same time. */
class LedgerRacesIT {

    private static final int REPETITIONS = 150;

    private final LedgerFixture rig = LedgerFixture.shared().empty();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Lets all begin at the same moment, and returns what each came to. */
    @SafeVarargs
    private <T> List<T> together(Callable<T>... tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.length);
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(threads.submit(() -> {
                start.await();
                return call(task);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(future.get());
        }
        return results;
    }

    /** A caller tells the same again while orders are held: on a busy machine a lock may take longer than is waited for it. */
    private static <T> T call(Callable<T> task) throws Exception {
        while (true) {
            try {
                return task.call();
            } catch (OrdersHeld e) {
                // Nothing of it was written.
            }
        }
    }

    @Test
    void theSameEventsAtTheSameTimeHaveOneEffectAndOneDuplicate() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            rig.confirm(id, Kind.PICKUP);
            Event[] events = {EventFixture.paid(id, "p" + i), EventFixture.made(id)};
            List<List<Result>> results = together(() -> rig.apply(events), () -> rig.apply(events));

            for (int event = 0; event < events.length; event++) {
                assertThat(List.of(results.get(0).get(event).outcome(), results.get(1).get(event).outcome()))
                        .containsExactlyInAnyOrder(Outcome.APPLIED, Outcome.DUPLICATE);
            }
            assertThat(rig.recorder().of(id)).containsExactlyInAnyOrder(Change.CONFIRMED, Change.PAID, Change.MADE,
                    Change.SETTLED);
            assertThat(rig.payment("p" + i)).isEqualTo("APPLIED");
            assertThat(rig.timeline(id)).hasSize(4);
        }
        assertThat(rig.lostRaces()).isZero();
        assertThat(rig.count("parked")).isZero();
    }

    @Test
    void batchesInOpposingOrderNeverWaitForEachOtherInACircle() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            List<Event> payments = new ArrayList<>();
            List<Event> starts = new ArrayList<>();
            for (int k = 0; k < 6; k++) {
                // Half of the orders exist, half are waited for: rows, absent ids and payments are all locked.
                String id = i + "-" + k;
                if (k % 2 == 0) {
                    rig.confirm(id, Kind.PICKUP);
                }
                payments.add(EventFixture.paid(id, "p" + id));
                starts.add(EventFixture.started(id));
            }
            List<Event> forth = new ArrayList<>(payments);
            forth.addAll(starts);
            List<Event> back = new ArrayList<>(forth);
            Collections.reverse(back);

            together(() -> rig.apply(forth.toArray(Event[]::new)), () -> rig.apply(back.toArray(Event[]::new)));

            for (int k = 0; k < 6; k += 2) {
                assertThat(rig.order(i + "-" + k).making().state()).isEqualTo(MakeState.MAKING);
            }
        }
        assertThat(rig.lostRaces()).isZero();
        assertThat(rig.jdbc().sql("SELECT count(*) FROM payment WHERE status = 'APPLIED'").query(Long.class).single())
                .isEqualTo(REPETITIONS * 3L);
    }

    @Test
    void confirmingWhileThePaymentComesNeverLosesThePayment() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            String payment = "p" + i;
            this.<Object>together(() -> rig.confirm(id, Kind.PICKUP), () -> rig.apply(EventFixture.paid(id, payment)),
                    () -> rig.apply(EventFixture.paid(id, payment)));

            assertThat(rig.order(id).making().state()).isEqualTo(MakeState.PAID);
            assertThat(rig.payment(payment)).isEqualTo("APPLIED");
            assertThat(rig.recorder().of(id)).containsOnlyOnce(Change.CONFIRMED, Change.PAID);
        }
        assertThat(rig.count("early")).isZero();
        assertThat(rig.count("parked")).isZero();
        assertThat(rig.lostRaces()).isZero();
    }

    /** An id may be absent for one batch and there for the other: no reason to wait for each other in a circle. */
    @Test
    void newsOfOrdersThatAreJustBeingConfirmedAreNeverLost() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String first = "a" + i;
            String second = "b" + i;
            this.<Object>together(() -> rig.apply(EventFixture.started(second), EventFixture.started(first)),
                    () -> rig.apply(EventFixture.paid(second, "p" + second), EventFixture.paid(first, "p" + first)),
                    () -> rig.confirm(first, Kind.PICKUP), () -> rig.confirm(second, Kind.PICKUP));
            assertThat(rig.order(first).making().state()).isEqualTo(MakeState.MAKING);
            assertThat(rig.order(second).making().state()).isEqualTo(MakeState.MAKING);
        }
        assertThat(rig.count("early")).isZero();
        assertThat(rig.lostRaces()).isZero();
    }

    @Test
    void payingWhileNewsComeNeverLeavesThemWaiting() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            rig.confirm(id, Kind.DELIVERY);
            together(() -> rig.apply(EventFixture.paid(id, "p" + id)), () -> rig.apply(EventFixture.made(id)),
                    () -> rig.apply(EventFixture.express(id, DeliveryState.DELIVERED)));
            assertThat(rig.order(id).settled().as()).isEqualTo(Settlement.DELIVERED);
        }
        assertThat(rig.count("early")).isZero();
    }

    @Test
    void twoShopsThatConfirmTheSameOrderGetTheSameOne() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            List<Confirmation> both = together(() -> rig.confirm(id, Kind.PICKUP), () -> rig.confirm(id, Kind.PICKUP));
            assertThat(both).extracting(c -> c.getClass().getSimpleName())
                    .containsExactlyInAnyOrder("Created", "Same");
            assertThat(both.get(0).order()).isEqualTo(both.get(1).order());
        }
    }

    @Test
    void oneOfTwoDifferentPaymentsIsAppliedAndTheOtherIsToBeRefunded() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            rig.confirm(id, Kind.PICKUP);
            together(() -> rig.apply(EventFixture.paid(id, "a" + id)), () -> rig.apply(EventFixture.paid(id, "b" + id)));
            assertThat(List.of(rig.payment("a" + id).split(":")[0], rig.payment("b" + id).split(":")[0]))
                    .containsExactlyInAnyOrder("APPLIED", "REFUND_DUE");
        }
    }

    @Test
    void acceptingAndCancellingAtTheSameTimeLeavesOneTruth() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            rig.confirm(id, Kind.PICKUP);
            rig.apply(EventFixture.paid(id, "p" + id), EventFixture.cancelWish(id));
            together(() -> rig.apply(EventFixture.started(id)), () -> rig.apply(EventFixture.cancelDecided(id, true)));

            Order order = rig.order(id);
            boolean cancelled = order.cancel().state() == CancelState.CANCELLED;
            assertThat(order.making().state()).isEqualTo(cancelled ? MakeState.PAID : MakeState.MAKING);
            assertThat(rig.payment("p" + id)).startsWith(cancelled ? "REFUND_DUE" : "APPLIED");
            assertThat(rig.parkedCauses(id)).as("the barista contradicted itself").hasSize(1);
        }
    }

    @Test
    void twoHubsParkWhatIsOverdueOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            rig.apply(EventFixture.paid("o" + i, "p" + i));
        }
        List<Integer> parked = together(() -> rig.impatient().parkOverdueEarly(150),
                () -> rig.impatient().parkOverdueEarly(150));
        int rest = rig.impatient().parkOverdueEarly(150);
        assertThat(parked.get(0) + parked.get(1) + rest).isEqualTo(200);
        assertThat(rig.count("parked")).isEqualTo(200);
    }

    /**
     * The repetition is already in the hub, and waits behind the confirmation that applies the first report: what it
     * read of the payment before that wait no longer holds.
     */
    @Test
    void aRepetitionThatWaitedBehindTheConfirmationDoesNotUndoThePayment() throws Exception {
        rig.apply(EventFixture.paid("1", "p"));
        try (Connection holder = rig.connect()) {
            holder.setAutoCommit(false);
            try (PreparedStatement lock = holder.prepareStatement(
                    "SELECT pg_advisory_xact_lock(hashtextextended('1', 0))")) {
                lock.execute();
            }
            Future<Confirmation> confirming = threads.submit(() -> rig.confirm("1", Kind.PICKUP));
            untilWaiting(1);
            Future<List<Result>> repeating = threads.submit(() -> rig.apply(EventFixture.paid("1", "p")));
            untilWaiting(2);
            holder.commit();
            confirming.get();
            assertThat(repeating.get().get(0).outcome()).isEqualTo(Outcome.DUPLICATE);
        }
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        rig.apply(EventFixture.cancelWish("1"), EventFixture.cancelDecided("1", true));
        assertThat(rig.payment("p")).startsWith("REFUND_DUE");
    }

    private void untilWaiting(int sessions) {
        await().until(() -> rig.jdbc().sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                .query(Integer.class).single() == sessions);
    }
}
