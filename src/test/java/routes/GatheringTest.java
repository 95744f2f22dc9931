package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import ledger.Arrival;
import ledger.Event;
import ledger.Outcome;
import ledger.Result;
import ledger.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class GatheringTest {

    private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayCommit = new CountDownLatch(1);
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final ExecutorService committer = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        committer.shutdownNow();
        requests.shutdownNow();
    }

    @Test
    void requestsThatComeWhileOneCommitsAreCommittedTogetherAndEachHasItsOwnResult() {
        Gathering gathering = started(10);
        List<CompletableFuture<List<Result>>> answers = requests(gathering, 25);
        await().until(() -> groups.size() == 1);
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        mayCommit.countDown();

        assertThat(answers.stream().map(CompletableFuture::join).map(results -> results.get(0).arrival().event().orderId()))
                .isEqualTo(IntStream.range(0, 25).mapToObj(i -> "o" + i).toList());
        assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeLessThanOrEqualTo(10));
        assertThat(groups).hasSizeLessThan(25);
    }

    @Test
    void whoseArrivalTheLedgerCouldNotTakeHasNoResultAndTheOthersHaveTheirs() {
        Gathering gathering = started(10, arrivals -> arrivals.stream()
                .filter(arrival -> !arrival.event().orderId().equals("o1")).map(GatheringTest::applied).toList());

        List<CompletableFuture<List<Result>>> answers = requests(gathering, 3);

        assertThat(answers.get(1).join()).isEmpty();
        assertThat(answers.get(0).join()).hasSize(1);
        assertThat(answers.get(2).join()).hasSize(1);
    }

    @Test
    void whenTheDatabaseIsAwayEachIsToldSoAndTheNextGroupIsTriedAgain() {
        CountDownLatch back = new CountDownLatch(1);
        Gathering gathering = started(10, arrivals -> {
            if (back.getCount() > 0) {
                throw new DataAccessResourceFailureException("away");
            }
            return arrivals.stream().map(GatheringTest::applied).toList();
        });

        assertThatThrownBy(() -> gathering.apply(arrival(1))).isInstanceOf(DataAccessResourceFailureException.class);
        back.countDown();

        assertThat(gathering.apply(arrival(2))).hasSize(1);
    }

    @Test
    void whatStillWaitsWhenTheRouteStopsIsToldThatNothingWasRecorded() {
        Gathering gathering = started(1);
        requests(gathering, 1);
        await().until(() -> groups.size() == 1);
        CompletableFuture<List<Result>> next = requests(gathering, 1).get(0);

        committer.shutdownNow();

        await().until(next::isDone);
        assertThatThrownBy(next::join).hasCauseInstanceOf(Problem.class);
        assertThatThrownBy(() -> gathering.apply(arrival(2))).isInstanceOf(Problem.class);
    }

    private Gathering started(int most) {
        return started(most, arrivals -> {
            groups.add(arrivals.stream().map(arrival -> arrival.event().orderId()).toList());
            try {
                mayCommit.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return arrivals.stream().map(GatheringTest::applied).toList();
        });
    }

    private Gathering started(int most, java.util.function.Function<List<Arrival>, List<Result>> ledger) {
        Gathering gathering = new Gathering(ledger, most, Duration.ofMillis(2));
        committer.execute(gathering::work);
        return gathering;
    }

    private List<CompletableFuture<List<Result>>> requests(Gathering gathering, int number) {
        return IntStream.range(0, number).mapToObj(i ->
                CompletableFuture.supplyAsync(() -> gathering.apply(arrival(i)), requests)).toList();
    }

    private static Arrival arrival(int number) {
        return new Arrival(new Event.CancelRequested("o" + number, null), "cancel-order", Way.PUSH);
    }

    private static Result applied(Arrival arrival) {
        return new Result(arrival, Outcome.APPLIED, null, null, null, false);
    }
}
