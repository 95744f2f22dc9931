package routes.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class GroupCommitTest {

    private static final GroupCommit.FailureClassifier<String> FAILURES =
            new GroupCommit.FailureClassifier<>(EventApplier::isTheMessagesFault, (failure, submitted) -> false);
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final BatchPolicy ALONE = new BatchPolicy(1, Duration.ZERO);
    /** More than a writer can have to spare, by more than it rests. */
    private static final Duration LONG = Duration.ofNanos(DutyCycle.MOST_SPARE_NANOS + 2 * DutyCycle.LONGEST_REST_NANOS);

    private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());
    private final List<Span> spans = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayCommit = new CountDownLatch(1);
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private GroupCommit<String, String> gathering;
    private BatchPolicy terms;
    private List<CompletableFuture<String>> brought = List.of();

    /** Of a transaction, by {@link System#nanoTime}. */
    private record Span(long began, long ended) {
    }

    @AfterEach
    void close() {
        gathering.stop();
        requests.shutdownNow();
    }

    @Test
    void requestsThatComeWhileOneCommitsAreCommittedTogetherAndEachHasItsOwnResult() {
        start(10, this::heldUp);
        List<CompletableFuture<String>> answers = IntStream.range(0, 25).mapToObj(i -> request("o" + i)).toList();
        await().until(() -> groups.size() == 1);
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        mayCommit.countDown();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "written o" + i).toList());
        assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeLessThanOrEqualTo(10));
        assertThat(groups).hasSizeLessThan(25);
    }

    @Test
    void oneThatFailsByItselfFailsAlone() {
        start(10, group -> {
            heldUp(group);
            if (group.contains("bad")) {
                throw new DataIntegrityViolationException("bad");
            }
            return written(group);
        });
        afterTheFirstGroup("o0", "bad", "o1", "o2");

        assertThatThrownBy(() -> GroupCommit.await(brought.get(1))).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(Stream.of(0, 2, 3).map(i -> GroupCommit.await(brought.get(i))))
                .containsExactly("written o0", "written o1", "written o2");
        assertThat(groups).contains(List.of("o0", "bad", "o1", "o2"));
    }

    @Test
    void oneWhoseHandlingEndsInAnErrorFailsAloneToo() {
        start(10, group -> {
            heldUp(group);
            if (group.contains("bad")) {
                throw new StackOverflowError();
            }
            return written(group);
        });
        afterTheFirstGroup("o0", "bad", "o1", "o2");

        assertThatThrownBy(() -> GroupCommit.await(brought.get(1))).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(Stream.of(0, 2, 3).map(i -> GroupCommit.await(brought.get(i))))
                .containsExactly("written o0", "written o1", "written o2");
    }

    @Test
    void whatWasGivenUpWhileItWaitedIsNotWritten() throws Exception {
        start(10, this::heldUp);
        request("first");
        await().until(() -> groups.size() == 1);
        Thread impatient = new Thread(() -> assertThatThrownBy(() -> gathering.write("given up", terms))
                .isInstanceOf(CommitRejected.class));
        impatient.start();
        await().until(() -> impatient.getState() == Thread.State.TIMED_WAITING);
        impatient.interrupt();
        impatient.join();

        mayCommit.countDown();

        assertThat(gathering.write("next", terms)).isEqualTo("written next");
        assertThat(groups).containsExactly(List.of("first"), List.of("next"));
    }

    @Test
    void whenTheDatabaseIsAwayAllAreToldSoAndTheNextGroupIsTriedAgain() {
        CountDownLatch back = new CountDownLatch(1);
        start(10, group -> {
            if (back.getCount() > 0) {
                throw new DataAccessResourceFailureException("away");
            }
            return written(group);
        });

        assertThatThrownBy(() -> gathering.write("1", terms)).isInstanceOf(DataAccessResourceFailureException.class);
        back.countDown();

        assertThat(gathering.write("2", terms)).isEqualTo("written 2");
    }

    @Test
    void whatStillWaitsWhenTheRouteStopsIsToldThatNothingWasRecorded() {
        start(1, this::heldUp);
        request("1");
        await().until(() -> groups.size() == 1);
        CompletableFuture<String> next = request("2");

        gathering.stop();

        assertThatThrownBy(next::join).hasCauseInstanceOf(CommitRejected.class);
        assertThatThrownBy(() -> gathering.write("3", terms)).isInstanceOf(CommitRejected.class);
        assertThat(groups).containsExactly(List.of("1"));
    }

    /** As when a route is paused and resumed while the database is slow. */
    @Test
    void stoppedWithAGroupInHandAndStartedAgainItGoesOn() {
        AtomicReference<Thread> first = new AtomicReference<>();
        start(10, group -> {
            if (first.compareAndSet(null, Thread.currentThread())) {
                CompletableFuture.runAsync(this::awaitCommit, requests).join();
            }
            return written(group);
        });
        CompletableFuture<String> inHand = request("0");
        await().until(() -> first.get() != null);

        Thread again = new Thread(() -> {
            gathering.stop();
            gathering.start();
        });
        again.start();
        // It waits for the group in hand, or doesn't and is through.
        await().until(() -> Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED).contains(again.getState()));
        mayCommit.countDown();
        await().until(() -> !again.isAlive() && !first.get().isAlive());

        assertThat(inHand.join()).isEqualTo("written 0");
        assertThat(IntStream.range(1, 20).mapToObj(i -> gathering.write("o" + i, terms)))
                .containsExactlyElementsOf(IntStream.range(1, 20).mapToObj(i -> "written o" + i).toList());
    }

    @Test
    void whateverGoesWrongWithOneGroupTheNextIsWritten() {
        start(10, group -> {
            if (group.contains("bad")) {
                throw new StackOverflowError();
            }
            return written(group);
        });

        assertThatThrownBy(() -> gathering.write("bad", terms)).hasCauseInstanceOf(StackOverflowError.class);

        assertThat(gathering.write("good", terms)).isEqualTo("written good");
    }

    @Test
    void whoeverLingersGoesWithTheNextThatDoesNot() {
        start(10, this::recorded);
        CompletableFuture<String> patient = gathering.submit("patient", new BatchPolicy(10, FOREVER));

        gathering.write("hasty", terms);

        assertThat(patient).isCompletedWithValue("written patient");
        assertThat(groups).containsExactly(List.of("patient", "hasty"));
    }

    @Test
    void whenATransactionIsFullNobodyLingers() {
        start(3, this::recorded);
        List<CompletableFuture<String>> brought = IntStream.range(0, 3).mapToObj(i ->
                gathering.submit("o" + i, new BatchPolicy(3, FOREVER))).toList();

        assertThat(brought).allSatisfy(each -> assertThat(GroupCommit.await(each)).startsWith("written"));
    }

    @Test
    void afterALongTransactionTheNextGathersForAWhile() {
        writeTwo(new BatchPolicy(10, Duration.ZERO));

        assertThat(pause()).isGreaterThanOrEqualTo(DutyCycle.LONGEST_REST_NANOS);
    }

    @Test
    void unlessItIsFull() {
        // The shortest of several, as the machine may be busy elsewhere.
        long shortest = IntStream.range(0, 5).mapToLong(i -> {
            writeTwo(ALONE);
            return pause();
        }).min().orElseThrow();

        assertThat(shortest).isLessThan(DutyCycle.LONGEST_REST_NANOS);
    }

    private void writeTwo(BatchPolicy next) {
        spans.clear();
        gathering = new GroupCommit<>("test", group -> lasting(LONG, group), each -> 1, FAILURES);
        gathering.start();
        Stream.of(gathering.submit("first", ALONE), gathering.submit("next", next)).forEach(GroupCommit::await);
        gathering.stop();
    }

    private long pause() {
        return spans.get(1).began() - spans.get(0).ended();
    }

    @Test
    void whatGivesWayIsWrittenBehindWhatComesLater() {
        start(1, this::heldUp);
        request("first");
        await().until(() -> groups.size() == 1);
        CompletableFuture<String> behind = gathering.submit("behind", BatchPolicy.givingWay(1, Duration.ZERO, FOREVER));
        CompletableFuture<String> ahead = gathering.submit("ahead", terms);

        mayCommit.countDown();

        assertThat(GroupCommit.await(behind)).isEqualTo("written behind");
        assertThat(ahead).isCompleted();
        assertThat(groups).containsExactly(List.of("first"), List.of("ahead"), List.of("behind"));
    }

    @Test
    void whatGivesWayDoesSoOnlyToWhatComesWithinItsTime() {
        start(1, this::heldUp);
        request("first");
        await().until(() -> groups.size() == 1);
        Duration shortly = Duration.ofMillis(1);
        CompletableFuture<String> gaveWay = gathering.submit("gave way", BatchPolicy.givingWay(1, Duration.ZERO, shortly));
        long brought = System.nanoTime();
        await().until(() -> System.nanoTime() - brought > shortly.toNanos());
        CompletableFuture<String> tooLate = gathering.submit("too late", terms);

        mayCommit.countDown();

        assertThat(GroupCommit.await(tooLate)).isEqualTo("written too late");
        assertThat(gaveWay).isCompleted();
        assertThat(groups).containsExactly(List.of("first"), List.of("gave way"), List.of("too late"));
    }

    @Test
    void whatIsHeavierThanATransactionMayBeIsWrittenAlone() {
        gathering = new GroupCommit<>("test", this::heldUp, String::length, FAILURES);
        gathering.start();
        terms = new BatchPolicy(5, Duration.ZERO);
        request("first");
        await().until(() -> groups.size() == 1);
        List<CompletableFuture<String>> brought = List.of("aa", "bbb", "c", "too heavy", "d", "e").stream()
                .map(each -> gathering.submit(each, terms)).toList();

        mayCommit.countDown();

        brought.forEach(GroupCommit::await);
        assertThat(groups).containsExactly(List.of("first"), List.of("aa", "bbb"), List.of("c"), List.of("too heavy"),
                List.of("d", "e"));
    }

    @Test
    void stoppedWithoutEverHavingBeenStartedIsNoError() {
        gathering = new GroupCommit<>("test", this::recorded, each -> 1, FAILURES);

        assertThatCode(gathering::stop).doesNotThrowAnyException();
    }

    /** Brings these while a transaction goes on, so that they go into the next one together. */
    private void afterTheFirstGroup(String... all) {
        request("first");
        await().until(() -> groups.size() == 1);
        brought = Stream.of(all).map(this::request).toList();
        mayCommit.countDown();
    }

    private List<String> recorded(List<String> group) {
        groups.add(List.copyOf(group));
        return written(group);
    }

    private List<String> lasting(Duration time, List<String> group) {
        long began = System.nanoTime();
        LockSupport.parkNanos(time.toNanos());
        spans.add(new Span(began, System.nanoTime()));
        return recorded(group);
    }

    private void start(int most, Function<List<String>, List<String>> write) {
        gathering = new GroupCommit<>("test", write, each -> 1, FAILURES);
        terms = new BatchPolicy(most, Duration.ofMillis(2));
        gathering.start();
    }

    private CompletableFuture<String> request(String brought) {
        return gathering.submit(brought, terms);
    }

    private List<String> heldUp(List<String> group) {
        List<String> results = recorded(group);
        awaitCommit();
        return results;
    }

    private void awaitCommit() {
        try {
            mayCommit.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> written(List<String> group) {
        return group.stream().map(one -> "written " + one).toList();
    }
}
