package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ledger.order.Order;
import ledger.order.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order moves to history while others speak of it: at no moment is it nowhere, and never twice. */
class HistoryRacesIT {

    private static final int REPETITIONS = 300;
    private static final Retention AT_ONCE = new Retention(Duration.ZERO, Duration.ofDays(1));

    private final LedgerFixture rig = LedgerFixture.shared().empty();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Its ticket was answered by the barista: in history each counts as certain, and would differ from one that isn't. */
    private void settled(String id) {
        rig.confirm(id, Kind.PICKUP);
        rig.apply(EventFixture.paid(id, "p" + id));
        rig.ledger().apply(List.of(new Arrival(EventFixture.ticket(id), "make-eta", Way.CALL)));
        rig.apply(EventFixture.made(id));
    }

    private int move() {
        return rig.jdbc().sql(AT_ONCE.move(1_000)).update();
    }

    private List<Object> together(List<Callable<?>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<Object>> running = new ArrayList<>();
        for (Callable<?> task : tasks) {
            running.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<Object> results = new ArrayList<>();
        for (Future<Object> future : running) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void movingWhileItIsConfirmedPaidAndToldOfAgainChangesNothing() throws Exception {
        int moved = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            String id = "o" + i;
            settled(id);
            Order before = rig.order(id);

            List<Object> said = together(List.of(this::move, () -> rig.confirm(id, Kind.PICKUP),
                    () -> rig.confirm(id, Kind.DELIVERY), () -> rig.apply(EventFixture.made(id)),
                    () -> rig.apply(EventFixture.started(id), EventFixture.paid(id, "p" + id), EventFixture.paid("absent" + id, "q" + id)),
                    () -> rig.queries().find(id).orElseThrow(), this::move));

            moved += (int) said.get(0) + (int) said.get(6);
            assertThat(said.get(1)).isEqualTo(new Confirmation.Same(before));
            assertThat(said.get(2)).isEqualTo(new Confirmation.Different(before));
            assertThat(outcomes(said.get(3))).containsExactly("DUPLICATE");
            assertThat(outcomes(said.get(4))).containsExactly("STALE", "DUPLICATE", "EARLY");
            assertThat(said.get(5)).isEqualTo(before);
            assertThat(rig.order(id)).isEqualTo(before);
        }
        moved += move();
        assertThat(moved).isEqualTo(REPETITIONS);
        assertThat(rig.count("order_history")).isEqualTo(REPETITIONS);
        assertThat(rig.count("orders")).isZero();
        assertThat(rig.count("early")).as("payments of orders that nobody confirmed").isEqualTo(REPETITIONS);
        assertThat(rig.lostRaces()).isZero();
    }

    private static List<String> outcomes(Object results) {
        return ((List<?>) results).stream().map(result -> ((Result) result).outcome().name()).toList();
    }

    @Test
    void severalHubsShareTheMovingAndMoveEachOrderOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            settled("o" + i);
        }
        Callable<Integer> mover = () -> rig.jdbc().sql(AT_ONCE.move(30)).update();
        int moved = 0;
        for (int round = 0; rig.count("orders") > 0; round++) {
            assertThat(round).as("each round moves something").isLessThan(10);
            for (Object count : together(List.of(mover, mover, mover))) {
                moved += (int) count;
            }
        }
        assertThat(moved).isEqualTo(200);
        assertThat(rig.count("order_history")).isEqualTo(200);
    }

    /** Each began while the order was live, and goes on when it is history: what it read before no longer holds. */
    @Test
    void whoWaitedForTheMoveFindsTheOrderInHistory() throws Exception {
        settled("1");
        Order before = rig.order("1");
        try (Connection mover = rig.connect(); Statement statement = mover.createStatement()) {
            mover.setAutoCommit(false);
            assertThat(statement.executeUpdate(AT_ONCE.move(10))).isEqualTo(1);

            Future<List<Result>> telling = threads.submit(() -> rig.apply(EventFixture.made("1")));
            Future<List<Result>> tellingOfTwo = threads.submit(() -> rig.apply(EventFixture.made("1"), EventFixture.made("2")));
            Future<Confirmation> confirming = threads.submit(() -> rig.confirm("1", Kind.PICKUP));
            untilWaiting(3);
            mover.commit();

            assertThat(confirming.get()).isEqualTo(new Confirmation.Same(before));
            assertThat(telling.get().get(0).outcome()).isEqualTo(Outcome.DUPLICATE);
            assertThat(tellingOfTwo.get()).extracting(Result::outcome)
                    .containsExactly(Outcome.DUPLICATE, Outcome.EARLY);
        }
        assertThat(rig.count("orders")).isZero();
        assertThat(rig.count("order_history")).isEqualTo(1);
    }

    /** Somebody who holds the order has a reason to: the mover leaves it, and doesn't wait. */
    @Test
    void anOrderThatIsHeldMovesTheNextTime() throws SQLException {
        settled("1");
        try (Connection holder = rig.connect(); Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM orders WHERE id = '1' FOR UPDATE");
            assertThat(move()).isZero();
            holder.rollback();
        }
        assertThat(move()).isEqualTo(1);
    }

    /** For the mover, or for who waits for it. */
    private void untilWaiting(int sessions) {
        await().until(() -> rig.jdbc().sql("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """).query(Integer.class).single() == sessions);
    }
}
