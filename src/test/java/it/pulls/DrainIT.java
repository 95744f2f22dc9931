package it.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.BaristaApi;
import contract.Json;
import contract.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testbed.NeighbourAnswers;
import testbed.OrderLife;
import testbed.QuickPulls;
import testbed.SeparateHub;

/** A neighbour comes back, and finds its backlog coming at a set rate and today's orders coming as ever. */
class DrainIT {

    private static final int BACKLOG = 40;
    private static final int RATE = 10;
    private static final int BATCH = 5;

    private final SeparateHub alone = new SeparateHub("drain", QuickPulls.with("pull.unaccepted.rate", RATE + "/s",
            "pull.unaccepted.batch", BATCH + "", "pull.unaccepted.every", "2s"));

    /** An order as the barista got it. */
    private record Arrived(String orderId, long at) {
    }

    @AfterEach
    void end() {
        alone.close();
    }

    @Test
    void aBacklogDrainsAtTheSetRateOldestFirstAndNewOrdersDoNotWaitBehindIt() {
        alone.toBarista.cut();
        List<OrderLife> backlog = new ArrayList<>();
        for (int i = 0; i < BACKLOG; i++) {
            backlog.add(paid());
        }
        await().untilAsserted(() -> assertThat(attempts()).as("asked in vain").isPositive());
        await().untilAsserted(() -> assertThat(leftAlone()).as("given back, as the circuit is open").isPositive());
        long askedInVain = attempts();
        assertThat(askedInVain).as("an outage uses up the attempts of a few, not of all").isLessThan(BACKLOG);

        List<Arrived> arrived = new CopyOnWriteArrayList<>();
        alone.barista.answers("/orders", request -> {
            long now = System.nanoTime();
            Json.read(request, BaristaApi.OrdersRequest.class).orders()
                    .forEach(order -> arrived.add(new Arrived(order.orderId(), now)));
            return NeighbourAnswers.ticketsMade(request);
        });
        alone.toBarista.pass();
        await().untilAsserted(() -> assertThat(arrived).isNotEmpty());
        OrderLife today = paid();
        await().untilAsserted(() ->
                assertThat(alone.messages.on("lucky_order_to_barista_topic", today.id())).isNotEmpty());
        assertThat(arrived).as("while the backlog drains").hasSizeLessThan(BACKLOG);

        await().untilAsserted(() -> assertThat(arrived).extracting(Arrived::orderId)
                .containsAll(backlog.stream().map(OrderLife::id).toList()));
        // A call that the machine was too slow for is repeated, and its orders arrive twice.
        List<String> came = arrived.stream().map(Arrived::orderId).distinct().toList();
        double seconds = Duration.ofNanos(arrived.get(arrived.size() - 1).at() - arrived.get(0).at()).toMillis() / 1e3;
        // The first batch comes at once; the others follow it by the rate.
        assertThat((came.size() - 10) / seconds).as("orders a second").isLessThan(RATE * 1.2);
        List<String> untried = backlog.stream().map(OrderLife::id).filter(id -> !triedBefore(id)).toList();
        assertThat(untried).as("of several batches").hasSizeGreaterThan(3 * BATCH);
        assertThat(displacements(untried, came)).as("of those that were not asked for before, the oldest first")
                .allMatch(places -> Math.abs(places) <= BATCH);
    }

    /**
     * By how many places each order came earlier or later than by its age. Batches are by store and several go at once, so
     * that within a batch the sequence is anyone's.
     */
    private static List<Integer> displacements(List<String> byAge, List<String> all) {
        List<String> came = all.stream().filter(byAge::contains).toList();
        return IntStream.range(0, came.size()).mapToObj(i -> byAge.indexOf(came.get(i)) - i).toList();
    }

    private boolean triedBefore(String orderId) {
        return alone.jdbc().sql("SELECT coalesce(max(number), 0) FROM attempt WHERE order_id = :id AND debt = 'TICKET'")
                .param("id", orderId).query(Integer.class).single() > 1;
    }

    private long attempts() {
        return alone.jdbc().sql("SELECT count(*) FROM attempt WHERE debt = 'TICKET' AND number > 0 AND cause IS NOT NULL")
                .query(Long.class).single();
    }

    private long leftAlone() {
        return alone.jdbc().sql("SELECT count(*) FROM attempt WHERE number = 0 AND cause = 'no answer: circuit open'")
                .query(Long.class).single();
    }

    private OrderLife paid() {
        return OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP);
    }
}
