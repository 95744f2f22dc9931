package routes.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ledger.Step;
import ledger.Way;
import ledger.order.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class SentStepsTest {

    private final List<List<String>> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch database = new CountDownLatch(1);
    private final SentSteps sent = new SentSteps(steps -> {
        try {
            database.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<String> orders = steps.stream().map(Step::orderId).toList();
        if (orders.contains("unlucky")) {
            throw new DataAccessResourceFailureException("the database is away");
        }
        if (orders.contains("cursed")) {
            throw new IllegalStateException("nobody has thought of this");
        }
        written.add(orders);
    });

    @AfterEach
    void stop() {
        database.countDown();
        sent.stop();
    }

    @Test
    void whatSeveralArrowsSentIsWrittenTogetherInItsSequence() {
        sent.start();
        sent.add(List.of(step("push-order", "a")));
        sent.add(List.of(step("push-dispatch", "b"), step("push-dispatch", "c")));
        database.countDown();

        await().untilAsserted(() -> assertThat(written).containsExactly(List.of("a", "b", "c")));
    }

    @Test
    void whoBringsThemDoesNotWaitForTheDatabase() {
        sent.start();
        sent.add(List.of(step("push-order", "a")));

        assertThat(written).as("this thread came here first, and lets the database work now").isEmpty();
        database.countDown();
        await().until(() -> written.size() == 1);
    }

    @Test
    void someThatCantBeWrittenDontKeepTheNextFromIt() {
        database.countDown();
        sent.start();
        for (String order : List.of("unlucky", "cursed", "lucky")) {
            sent.add(List.of(step("push-order", order)));
            await().until(() -> sent.waiting() == 0);
        }

        await().untilAsserted(() -> assertThat(written.stream().flatMap(List::stream)).containsExactly("lucky"));
    }

    @Test
    void allAreWrittenBeforeItHasStopped() {
        database.countDown();
        sent.start();
        sent.add(IntStream.range(0, 5_000).mapToObj(i -> step("push-order", "o" + i)).toList());
        sent.stop();

        assertThat(written.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(i -> "o" + i).toList());
    }

    @Test
    void aDatabaseThatIsAwayDoesNotFillTheMemory() {
        sent.add(Stream.generate(() -> step("push-order", "o")).limit(30_000).toList());

        assertThat(sent.waiting()).isEqualTo(20_000);
    }

    private static Step step(String arrow, String order) {
        return new Step(order, arrow, Way.PUSH, Outcome.SENT, null);
    }
}
