package it.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.BaristaApi;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.QuickPulls;
import testbed.SeparateHub;

/** Stores that are broken, however many, keep no order of another store waiting. */
class BrokenStoresIT {

    private static final int BROKEN = 300;

    /** A database for each test. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SeparateHub alone = new SeparateHub("broken_stores_" + NUMBER.incrementAndGet(), QuickPulls.with("pull.unaccepted.every", "2s",
            "pull.unaccepted.backoff", "2s", "pull.unaccepted.backoff-most", "10s"));
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
        alone.close();
    }

    @Test
    void paidOrdersOfAHealthyStoreAreAskedForThoughThreeHundredOthersAnswer500() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Set<String> healthy = ConcurrentHashMap.newKeySet();
        alone.barista.answers("/orders", request -> {
            BaristaApi.OrdersRequest orders = Json.read(request, BaristaApi.OrdersRequest.class);
            if (orders.storeId().startsWith("broken")) {
                asked.computeIfAbsent(orders.storeId(), store -> new AtomicInteger()).incrementAndGet();
                return null;
            }
            orders.orders().forEach(order -> healthy.add(order.orderId()));
            return NeighbourAnswers.ticketsMade(request);
        });
        paid(IntStream.range(0, BROKEN).mapToObj(store -> order("broken-" + store)).toList());
        await().untilAsserted(() -> assertThat(asked).hasSize(BROKEN));

        asked.clear();
        List<OrderRequest> five = IntStream.range(0, 5).mapToObj(n -> order("healthy")).toList();
        paid(five);

        await().untilAsserted(() -> assertThat(healthy).containsExactlyInAnyOrderElementsOf(
                five.stream().map(OrderRequest::orderId).collect(Collectors.toSet())));
        // A store that fails is asked twice at once; then a pause follows.
        assertThat(asked.values()).as("asked within two intervals").allSatisfy(times -> assertThat(times).hasValueLessThan(5));
    }

    @Test
    void storesThatHangKeepNeitherTheOthersNorThePullForEver() {
        Set<String> healthy = ConcurrentHashMap.newKeySet();
        alone.barista.answers("/orders", request -> {
            BaristaApi.OrdersRequest orders = Json.read(request, BaristaApi.OrdersRequest.class);
            if (orders.storeId().startsWith("hangs")) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            }
            orders.orders().forEach(order -> healthy.add(order.orderId()));
            return NeighbourAnswers.ticketsMade(request);
        });
        paid(IntStream.range(0, 12).mapToObj(store -> order("hangs-" + store)).toList());
        List<OrderRequest> five = IntStream.range(0, 5).mapToObj(n -> order("healthy")).toList();
        paid(five);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(healthy)
                .containsExactlyInAnyOrderElementsOf(five.stream().map(OrderRequest::orderId).toList()));
    }

    private void paid(List<OrderRequest> orders) {
        HubClient hub = alone.client();
        List<Integer> answers = new ArrayList<>();
        orders.parallelStream().forEach(order -> assertThat(hub.confirm(order).status()).isEqualTo(201));
        orders.forEach(order -> answers.add(hub.pay(order).status()));
        assertThat(answers).containsOnly(204);
    }

    private static OrderRequest order(String store) {
        OrderRequest any = HubClient.anOrder(Kind.PICKUP);
        return new OrderRequest(any.orderId(), store, Kind.PICKUP, any.amount(), any.currency(), List.of(new Item("latte", 1)));
    }
}
