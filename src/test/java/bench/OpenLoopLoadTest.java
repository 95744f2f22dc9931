package bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import demo.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The open loop, against a server that is as slow as it is told to be. */
class OpenLoopLoadTest {

    private static final int CONNECTIONS = 4;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> paidAt = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private volatile long answersAfterMillis;
    private volatile int status = 204;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            if (exchange.getRequestURI().getPath().endsWith("/callback")) {
                paidAt.add(System.nanoTime());
            }
            exchange.getRequestBody().readAllBytes();
            timer.schedule(() -> {
                try (exchange) {
                    exchange.sendResponseHeaders(status, -1);
                }
                return null;
            }, answersAfterMillis, TimeUnit.MILLISECONDS);
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        timer.shutdownNow();
    }

    /** Forty orders within 0.4 s over four connections that are busy for 100 ms each time: the last waits for 0.6 s. */
    @Test
    void aSlowAnswerDoesNotSlowTheClockAndTheWaitCounts() {
        answersAfterMillis = 100;
        StepOrders orders = new StepOrders("t", new OrderMix(10, 0.3), 40);
        OpenLoopLoad load = run(orders, 100, false);
        assertThat(load.acknowledged()).isEqualTo(40);
        assertThat(orders.intended(39) - orders.intended(0)).isEqualTo(390_000_000L);
        assertThat(Latencies.millis(load.callbacks(), 0)).isGreaterThan(99);
        assertThat(Latencies.millis(load.callbacks(), 100)).isGreaterThan(600);
    }

    @Test
    void aRefusedCallbackIsNoAcknowledgedOne() {
        status = 503;
        StepOrders orders = new StepOrders("t", new OrderMix(10, 0.3), 5);
        OpenLoopLoad load = run(orders, 1_000, false);
        assertThat(load.acknowledged()).isZero();
        assertThat(orders.acknowledged()).isEmpty();
        assertThat(orders.failures()).containsOnlyKeys(503).containsValue(5);
    }

    @Test
    void nobodyPaysBeforeTheOrderIsConfirmedNorSoonerThanASecondAfterItCame() {
        StepOrders orders = new StepOrders("t", new OrderMix(10, 0.3), 3);
        long began = System.nanoTime();
        OpenLoopLoad load = run(orders, 1_000, true);
        assertThat(load.acknowledged()).isEqualTo(3);
        assertThat(calls).hasValue(6);
        assertThat(paidAt).hasSize(3).allMatch(at -> at - began >= 1_000_000_000L);
        assertThat(load.confirmations().getTotalCount()).isEqualTo(3);
    }

    @Test
    void aServerThatIsAwayIsAnAnswerToo() {
        server.stop(0);
        StepOrders orders = new StepOrders("t", new OrderMix(10, 0.3), 3);
        OpenLoopLoad load = run(orders, 1_000, false);
        assertThat(load.acknowledged()).isZero();
        assertThat(orders.failures()).containsOnlyKeys(0);
    }

    private OpenLoopLoad run(StepOrders orders, double rate, boolean confirms) {
        try (HttpExchanges exchanges = new HttpExchanges(List.of(server.getAddress()), CONNECTIONS)) {
            OpenLoopLoad load = new OpenLoopLoad(exchanges, new LoadRequests("localhost", Credentials.made()), orders,
                    new ArrivalSchedule(System.nanoTime(), rate), confirms, 0);
            load.run();
            return load;
        }
    }
}
