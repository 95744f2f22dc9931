package testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import contract.OrderRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Several customers at once, each with one order after the other, confirmed and paid, until the hub is gone. */
public final class CustomersFixture implements AutoCloseable {

    /**
     * One request.
     *
     * @param status 0 when there was no answer
     * @param said   the answer's body; empty when there was none
     */
    public record Asked(OrderRequest order, boolean toPay, int status, String said) {
    }

    private final HubClient hub;
    private final ExecutorService threads;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    public CustomersFixture(HubClient hub, int atOnce) {
        this.hub = hub;
        this.threads = Executors.newFixedThreadPool(atOnce);
        for (int i = 0; i < atOnce; i++) {
            threads.execute(this::order);
        }
    }

    private void order() {
        boolean answered = true;
        while (open && answered) {
            OrderRequest order = HubClient.anOrder(Kind.PICKUP);
            int confirmed = ask(order, false, () -> hub.confirm(order));
            answered = confirmed != 0 && (confirmed != 201 || ask(order, true, () -> hub.pay(order)) != 0);
        }
    }

    private int ask(OrderRequest order, boolean toPay, Supplier<HubClient.Reply> request) {
        Asked done;
        try {
            HubClient.Reply reply = request.get();
            done = new Asked(order, toPay, reply.status(), reply.text());
        } catch (UncheckedIOException e) {
            done = new Asked(order, toPay, 0, "");
        }
        asked.add(done);
        return done.status();
    }

    public void awaitPaid(int orders) {
        await().atMost(Duration.ofSeconds(90)).until(() -> acknowledged().size() >= orders);
    }

    /** Returns when the last of them has left. */
    @Override
    public void close() {
        open = false;
        threads.shutdown();
        try {
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).as("all customers have left").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Orders whose payment the hub has answered 204. */
    public Set<String> acknowledged() {
        return asked.stream().filter(request -> request.toPay() && request.status() == 204)
                .map(request -> request.order().orderId()).collect(Collectors.toSet());
    }
}
