package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger.order.Change;
import ledger.order.MakeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two operators, or an operator and the neighbour itself, at the same message at the same time. */
class ParkedRacesIT {

    private static final int REPETITIONS = 60;

    private final LedgerFixture rig = LedgerFixture.shared().empty();
    private final ParkedMessages parked = new ParkedMessages(rig.ledger(), new Audit(rig.jdbc()));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void twoOperatorsReplayTheSameMessageAtOnce() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String order = "o" + i;
            long id = parkedPayment(order);

            List<ReplayResult> both = together(() -> replay(id, "mei"), () -> replay(id, "li"));

            assertThat(both).extracting(ReplayResult::done).containsExactlyInAnyOrder(true, false);
            assertThat(both.get(0).message().last()).isEqualTo(both.get(1).message().last());
            assertThat(rig.queries().timeline(order)).filteredOn(step -> step.way() == Way.REPLAY).hasSize(1);
            assertThat(rig.recorder().of(order)).containsOnlyOnce(Change.PAID);
        }
    }

    @Test
    void whoReplaysAndWhoDismissesAtOnceAgreeOnWhatBecameOfIt() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String order = "o" + i;
            long id = parkedPayment(order);

            List<ReplayResult> both = together(() -> replay(id, "mei"),
                    () -> parked.dismiss(id, new Actor("li", "here"), "not ours"));

            assertThat(both).extracting(ReplayResult::done).containsExactlyInAnyOrder(true, false);
            ParkedState state = both.get(0).message().state();
            assertThat(both.get(1).message().state()).isEqualTo(state);
            assertThat(rig.order(order).making().state())
                    .isEqualTo(state == ParkedState.REPLAYED ? MakeState.PAID : MakeState.CONFIRMED);
        }
    }

    @Test
    void aReplayAndTheNeighboursOwnRepetitionHaveOneEffect() throws Exception {
        for (int i = 0; i < REPETITIONS; i++) {
            String order = "o" + i;
            long id = parkedPayment(order);

            this.<Object>together(() -> replay(id, "mei"), () -> rig.apply(EventFixture.paid(order, "p" + order)));

            assertThat(rig.payment("p" + order)).isEqualTo("APPLIED");
            assertThat(rig.recorder().of(order)).containsOnlyOnce(Change.PAID);
            assertThat(rig.queries().parked()).isZero();
        }
    }

    private ReplayResult replay(long id, String name) {
        return parked.replay(id, message -> List.of(), new Actor(name, "here"), null);
    }

    /** It was early for longer than its order took. */
    private long parkedPayment(String order) {
        rig.apply(EventFixture.paid(order, "p" + order));
        rig.impatient().parkOverdueEarly(10);
        rig.confirm(order, Kind.PICKUP);
        return rig.jdbc().sql("SELECT id FROM parked WHERE order_id = :order").param("order", order)
                .query(Long.class).single();
    }

    @SafeVarargs
    private <T> List<T> together(Callable<T>... tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.length);
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(future.get());
        }
        return results;
    }
}
