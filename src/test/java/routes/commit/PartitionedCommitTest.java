package routes.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ledger.Arrival;
import ledger.OrdersHeld;
import ledger.Result;
import ledger.Way;
import ledger.order.Event;
import ledger.order.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class PartitionedCommitTest {

    private static final BatchPolicy TEN = new BatchPolicy(10, Duration.ZERO);

    /** The tickets of each transaction that has begun, in its sequence. */
    private final List<List<String>> transactions = new CopyOnWriteArrayList<>();
    private final CountDownLatch slowCommit = new CountDownLatch(1);
    private final ExecutorService arrows = Executors.newCachedThreadPool();
    private final PartitionedCommit lanes = new PartitionedCommit(2, this::commit, this::held);
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private volatile boolean away;
    private volatile boolean unlucky = true;
    private BatchPolicy terms = TEN;

    @AfterEach
    void stop() {
        slowCommit.countDown();
        lanes.stop();
        arrows.shutdownNow();
    }

    @Test
    void anOrderIsNeverInTwoTransactionsAndKeepsOnlyItsOwnLaneWaiting() {
        lanes.start();
        CompletableFuture<List<Result>> first = bring(arrival("o0", "slow"));
        await().until(() -> transactions.size() == 1);

        CompletableFuture<List<Result>> second = waiting(arrival("o0", "second"));
        List<CompletableFuture<List<Result>>> others =
                IntStream.range(1, 20).mapToObj(i -> bring(arrival("o" + i, "other"))).toList();

        await().until(() -> others.stream().filter(CompletableFuture::isDone).count() > 3);
        assertThat(transactions.stream().flatMap(List::stream)).doesNotContain("second");
        assertThat(second).isNotDone();

        slowCommit.countDown();
        assertThat(Stream.concat(Stream.of(first, second), others.stream()).map(CompletableFuture::join))
                .allSatisfy(results -> assertThat(results).hasSize(1));
    }

    @Test
    void whicheverLaneTheyTookResultsComeInTheSequenceOfWhatWasBroughtWithoutWhatWasRefused() {
        lanes.start();

        List<Result> results = lanes.commit(IntStream.range(0, 100).mapToObj(i ->
                arrival("o" + i, i % 10 == 3 ? "refused" : "t" + i)).toList(), TEN);

        assertThat(results.stream().map(result -> ticket(result.arrival()))).containsExactlyElementsOf(
                IntStream.range(0, 100).filter(i -> i % 10 != 3).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void whatIsSaidOfAnOrderKeepsItsSequenceAndNoTransactionIsLargerThanAllowed() {
        lanes.start();
        List<String> said = IntStream.range(0, 25).mapToObj(i -> "t" + i).toList();

        lanes.commit(said.stream().map(ticket -> arrival("o", ticket)).toList(), TEN);

        assertThat(transactions.stream().flatMap(List::stream)).containsExactlyElementsOf(said);
        assertThat(transactions).allSatisfy(transaction -> assertThat(transaction).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void whatIsToBeCommittedAloneIsSoHoweverManyWait() {
        lanes.start();
        bring(arrival("o", "slow"));
        await().until(() -> transactions.size() == 1);
        terms = new BatchPolicy(1, Duration.ZERO);
        List<CompletableFuture<List<Result>>> brought = IntStream.range(0, 5).mapToObj(i ->
                waiting(arrival("o", "t" + i), arrival("o", "u" + i))).toList();
        slowCommit.countDown();
        brought.forEach(CompletableFuture::join);

        assertThat(transactions).hasSize(11).allSatisfy(transaction -> assertThat(transaction).hasSize(1));
    }

    @Test
    void whileTheDatabaseIsAwayWhoeverBringsIsToldSoAndWhenItIsBackAllGoesOn() {
        lanes.start();
        away = true;
        List<Arrival> batch = IntStream.range(0, 20).mapToObj(i -> arrival("o" + i, "t" + i)).toList();

        assertThatThrownBy(() -> lanes.commit(batch, TEN)).isInstanceOf(DataAccessResourceFailureException.class);
        away = false;

        assertThat(lanes.commit(batch, TEN)).hasSize(20);
    }

    @Test
    void whenOneLaneFailsTheOtherOnesAreWaitedForAndTheNextTryIsWithoutThem() {
        lanes.start();
        List<Arrival> batch = IntStream.range(0, 20).mapToObj(i -> arrival("o" + i, i == 7 ? "unlucky" : "t" + i)).toList();
        Map<Arrival, Result> committed = new IdentityHashMap<>();

        terms = new BatchPolicy(20, Duration.ZERO);
        assertThatThrownBy(() -> lanes.commit(batch, terms, committed))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(committed).isNotEmpty().hasSizeLessThan(20);
        int before = transactions.size();
        unlucky = false;

        assertThat(lanes.commit(batch, terms, committed).stream().map(Result::arrival)).containsExactlyElementsOf(batch);
        assertThat(transactions).hasSize(before + 1);
        assertThat(transactions.get(before)).contains("unlucky").doesNotHaveDuplicates();
    }

    @Test
    void onlyTheOrdersThatAreLockedFailAndTheOthersOfTheBatchAreCommitted() {
        lanes.start();
        locked.addAll(List.of("o3", "o4", "o11"));
        List<Arrival> batch = IntStream.range(0, 20).mapToObj(i -> arrival("o" + i, "t" + i)).toList();
        Map<Arrival, Result> committed = new IdentityHashMap<>();

        assertThatThrownBy(() -> lanes.commit(batch, TEN, committed)).isInstanceOfSatisfying(OrdersHeld.class,
                failure -> assertThat(failure.ids()).containsExactlyInAnyOrder("o3", "o4", "o11"));

        assertThat(committed).hasSize(17);
        locked.clear();
        assertThat(lanes.commit(batch, TEN, committed)).hasSize(20);
    }

    @Test
    void anOrderThatIsKnownToBeLockedIsInNoTransactionUntilItIsFree() {
        lanes.start();
        locked.add("o3");
        assertThatThrownBy(() -> lanes.commit(List.of(arrival("o3", "first")), TEN)).isInstanceOf(OrdersHeld.class);
        int before = transactions.size();

        assertThatThrownBy(() -> lanes.commit(List.of(arrival("o3", "second")), TEN)).isInstanceOf(OrdersHeld.class);
        assertThat(transactions).hasSize(before);

        locked.clear();
        assertThat(lanes.commit(List.of(arrival("o3", "third")), TEN)).hasSize(1);
    }

    @Test
    void whatGoesWithALockedOrderInOneTransactionIsCommittedWithoutIt() {
        lanes.start();
        bring(arrival("o", "slow"));
        await().until(() -> transactions.size() == 1);
        locked.add("o");
        CompletableFuture<List<Result>> ofTheLocked = waiting(arrival("o", "t"));
        CompletableFuture<List<Result>> other = waiting(arrival(ofTheSameLane("o"), "u"));
        slowCommit.countDown();

        assertThat(other.join()).hasSize(1);
        assertThatThrownBy(ofTheLocked::join).hasCauseInstanceOf(OrdersHeld.class);
        assertThat(transactions).containsExactly(List.of("slow"), List.of("t", "u"), List.of("u"));
    }

    private static String ofTheSameLane(String order) {
        return IntStream.range(0, 100).mapToObj(i -> "p" + i)
                .filter(other -> Math.floorMod(other.hashCode(), 2) == Math.floorMod(order.hashCode(), 2))
                .findFirst().orElseThrow();
    }

    @Test
    void whatWaitsOnSeveralLanesWhenTheyStopIsToldSo() {
        lanes.start();
        CompletableFuture<List<Result>> slow = bring(arrival("o0", "slow"));
        await().until(() -> transactions.size() == 1);
        CompletableFuture<List<Result>> both =
                waiting(IntStream.range(0, 20).mapToObj(i -> arrival("o" + i, "t" + i)).toArray(Arrival[]::new));

        lanes.stop();

        assertThatThrownBy(both::join).hasCauseInstanceOf(CommitRejected.class);
        assertThat(slow.join()).as("what was in hand").hasSize(1);
    }

    @Test
    void beforeItStartsAndAfterItStopsNothingIsTaken() {
        assertThatThrownBy(() -> bringHere("t")).isInstanceOf(CommitRejected.class).hasMessageContaining("starting");
        lanes.start();
        bringHere("t");
        lanes.stop();
        assertThatThrownBy(() -> bringHere("t")).isInstanceOf(CommitRejected.class);
        assertThat(transactions).hasSize(1);
    }

    private void bringHere(String ticket) {
        lanes.commit(List.of(arrival("o", ticket)), TEN);
    }

    /** Brings them, and is back when they wait in their lanes. */
    private CompletableFuture<List<Result>> waiting(Arrival... arrivals) {
        CompletableFuture<List<Result>> results = new CompletableFuture<>();
        Thread arrow = new Thread(() -> {
            try {
                results.complete(lanes.commit(List.of(arrivals), terms));
            } catch (RuntimeException e) {
                results.completeExceptionally(e);
            }
        });
        arrow.start();
        await().until(() -> arrow.getState() == Thread.State.TIMED_WAITING);
        return results;
    }

    private CompletableFuture<List<Result>> bring(Arrival arrival) {
        return CompletableFuture.supplyAsync(() -> lanes.commit(List.of(arrival), TEN), arrows);
    }

    private Set<String> held(Collection<String> orders) {
        return orders.stream().filter(locked::contains).collect(Collectors.toSet());
    }

    private List<List<Result>> commit(List<List<Arrival>> messages) {
        List<String> tickets = messages.stream().flatMap(List::stream).map(PartitionedCommitTest::ticket).toList();
        transactions.add(tickets);
        if (away || unlucky && tickets.contains("unlucky")) {
            throw new DataAccessResourceFailureException("away");
        }
        Set<String> held = held(messages.stream().flatMap(List::stream).map(arrival -> arrival.event().orderId()).toList());
        if (!held.isEmpty()) {
            throw new OrdersHeld(held, null);
        }
        if (tickets.contains("slow")) {
            try {
                slowCommit.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return messages.stream().map(arrivals -> arrivals.stream()
                .filter(arrival -> !ticket(arrival).equals("refused"))
                .map(arrival -> new Result(arrival, Outcome.APPLIED, null, null, null, false)).toList()).toList();
    }

    private static Arrival arrival(String order, String ticket) {
        return new Arrival(new Event.TicketKnown(order, ticket, Instant.EPOCH, Instant.EPOCH), "make-eta", Way.CALL);
    }

    private static String ticket(Arrival arrival) {
        return ((Event.TicketKnown) arrival.event()).ticketId();
    }
}
