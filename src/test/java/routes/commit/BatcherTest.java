package routes.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final BatchPolicy THREE = new BatchPolicy(3, Duration.ZERO);

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicReference<Thread> worker = new AtomicReference<>();
    private final Batcher<String> batcher = new Batcher<>("test", 5, (began, ended) -> 0, batch -> {
        worker.set(Thread.currentThread());
        batches.add(batch);
        if (batch.contains("slow")) {
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (batch.contains("bad")) {
            throw new StackOverflowError();
        }
    });

    @AfterEach
    void end() {
        batcher.abort();
        batcher.stop();
    }

    @Test
    void whatComesBeforeTheStartIsHandedOnAfterIt() {
        batcher.offer("early", THREE);
        batcher.start();

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of("early")));
    }

    @Test
    void whatHasNoRoomIsNotTakenIn() {
        assertThat(IntStream.range(0, 6).mapToObj(i -> batcher.offer("o" + i, THREE)))
                .containsExactly(true, true, true, true, true, false);
        assertThat(batcher.waiting()).isEqualTo(5);
    }

    @Test
    void whatWaitsWhenItIsAbortedIsGivenBackAndNotHandedOn() {
        batcher.start();
        batcher.offer("slow", THREE);
        await().until(() -> batches.size() == 1);
        batcher.offer("a", THREE);
        batcher.offer("b", THREE);

        assertThat(batcher.abort()).containsExactly("a", "b");
        await().untilAsserted(() -> assertThat(worker.get().isAlive()).isFalse());
        assertThat(batcher.ended()).as("ended as it was told to").isEmpty();
        batcher.stop();

        assertThat(batcher.offer("c", THREE)).isFalse();
        assertThat(batches).containsExactly(List.of("slow"));
    }

    @Test
    void aBatchThatFailsKeepsNoOtherFromBeingHandedOn() {
        batcher.start();
        batcher.offer("bad", THREE);
        await().until(() -> batches.size() == 1);
        batcher.offer("good", THREE);

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of("bad"), List.of("good")));
        assertThat(batcher.ended()).isEmpty();
    }

    @Test
    void startedAgainItHandsOnWhatComesThen() {
        batcher.start();
        batcher.abort();
        batcher.stop();
        batcher.start();
        batcher.offer("again", THREE);

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of("again")));
    }
}
