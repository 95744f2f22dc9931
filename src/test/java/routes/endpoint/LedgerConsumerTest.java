package routes.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import ledger.order.CancelState;
import ledger.order.Change;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Estimate;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import routes.figures.ArrowFigures;

/** {@code from: ledger:…} in a route of its own. */
class LedgerConsumerTest extends CamelTestSupport {

    private final ArrowFigures figures = new ArrowFigures(new SimpleMeterRegistry());
    private final LedgerComponent ledger = new LedgerComponent(() -> {
        throw new org.springframework.dao.DataAccessResourceFailureException("this test has no database");
    }, null, null, figures, Duration.ofSeconds(2));
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        camel.addComponent("ledger", ledger);
        return camel;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:paid?batch=10").routeId("held").process(exchange -> {
                    open.await();
                    batches.add(OrdersBody.in(exchange).stream().map(Order::id).toList());
                });
                from("ledger:settled").routeId("endless").process(new Endless(batches));
                from("ledger:made?kind=DELIVERY").routeId("deliveries").process(exchange ->
                        batches.add(OrdersBody.in(exchange).stream().map(Order::id).toList()));
                from("ledger:cancelled?after=300ms").routeId("later").process(exchange ->
                        batches.add(OrdersBody.in(exchange).stream().map(Order::id).toList()));
            }
        };
    }

    @Test
    void ordersThatWaitGoOnTogetherInTheirSequenceAndNoMoreThanABatch() {
        IntStream.range(0, 25).forEach(i -> ledger.announce(Change.PAID, List.of(order("o" + i, Kind.PICKUP))));
        open.countDown();

        await().untilAsserted(() -> assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(25));
        assertThat(batches.stream().flatMap(List::stream).toList())
                .isEqualTo(IntStream.range(0, 25).mapToObj(i -> "o" + i).toList());
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
        // The database is away, so that the timeline lacks these steps; the arrow goes on all the same.
        await().untilAsserted(() -> assertThat(figures.of("held").pushed()).isEqualTo(25));
    }

    @Test
    void anArrowWhoseRouteNeverEndsGoesOnWithTheNextBatch() {
        ledger.announce(Change.SETTLED, List.of(order("endless", Kind.PICKUP)));
        await().untilAsserted(() -> assertThat(batches).contains(List.of("endless")));
        ledger.announce(Change.SETTLED, List.of(order("next", Kind.PICKUP)));

        await().untilAsserted(() -> assertThat(batches).contains(List.of("next")));
        assertThat(figures.of("endless").of(Outcome.FAILED)).as("given up, and counted").isEqualTo(1);
        await().untilAsserted(() -> assertThat(figures.of("endless").pushed()).isEqualTo(1));
    }

    /** Never says that it is done with the first batch, as when the thread that should have has died. */
    private static final class Endless extends AsyncProcessorSupport {

        private final List<List<String>> batches;

        Endless(List<List<String>> batches) {
            this.batches = batches;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            List<String> ids = OrdersBody.in(exchange).stream().map(Order::id).toList();
            batches.add(ids);
            if (ids.contains("endless")) {
                return false;
            }
            callback.done(true);
            return true;
        }
    }

    @Test
    void onlyOrdersOfTheKindThatTheRouteNamesStartIt() {
        ledger.announce(Change.MADE, List.of(order("fetched", Kind.PICKUP), order("brought", Kind.DELIVERY)));

        await().untilAsserted(() -> assertThat(batches).containsExactly(List.of("brought")));
    }

    @Test
    void anArrowThatStartsLaterWaitsThatLong() {
        Instant before = Instant.now();
        ledger.announce(Change.CANCELLED, List.of(order("o", Kind.PICKUP)));

        await().untilAsserted(() -> assertThat(batches).hasSize(1));
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void whatIsAnnouncedBeforeTheRouteStopsGoesOut() throws Exception {
        IntStream.range(0, 50).forEach(i -> ledger.announce(Change.PAID, List.of(order("o" + i, Kind.PICKUP))));
        Thread stopping = new Thread(() -> context().stop());
        stopping.start();
        open.countDown();
        stopping.join();

        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(50);
    }

    @Test
    void whatWaitsForCompanyGoesOutBeforeTheRouteStops() {
        open.countDown();
        ledger.announce(Change.PAID, List.of(order("o", Kind.PICKUP)));

        context().stop();

        assertThat(batches).as("handed on by a thread that nobody has interrupted").containsExactly(List.of("o"));
    }

    private static Order order(String id, Kind kind) {
        Instant now = Instant.now();
        return new Order(id, 1, new Order.Content("s", kind, 100, "CNY", "[]"), now,
                new Order.Making(MakeState.PAID, now, "p", now, null),
                new Order.Delivery(DeliveryState.NONE, null, null, 0, null),
                new Order.Cancel(CancelState.NONE, null, null), new Estimate(now, "barista", now), null,
                new Dues(null, null, null), null);
    }
}
