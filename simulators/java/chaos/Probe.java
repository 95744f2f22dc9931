package chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import contract.CancelRequest;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.payment.PaymentRequest;
import stage.Wait;

/**
 * Does what no customer does, so that a run meets it: pays orders before they are confirmed, puts a message on a topic that
 * nobody can read, and cancels deliveries right when the hub knows that they are paid, however busy it is; the shop's
 * customers don't wait for that. Its orders count as everyone's, by a journal of its own.
 */
final class Probe implements AutoCloseable {

    private static final int ORDERS = 5;
    private static final Duration HEAD_START = Duration.ofMillis(1_500);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int CANCELLING = 4;
    private static final int CANCELS_OF_EACH = 10;

    private final Cast cast;
    private final OrderApi api;
    private final Journal journal;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(1 + CANCELLING);
    private volatile boolean open = true;

    Probe(Cast cast, OrderApi api) {
        this.cast = cast;
        this.api = api;
        this.journal = Journal.open(cast.plan().journal("probe"));
    }

    void start() {
        threads.execute(this::run);
        for (int i = 0; i < CANCELLING; i++) {
            int number = i;
            threads.execute(() -> cancelOneAfterTheOther(number));
        }
    }

    /** Waits for what it has begun. */
    @Override
    public void close() {
        open = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
        journal.close();
    }

    private void run() {
        try {
            boolean unreadable = false;
            Duration pause = cast.plan().faults().dividedBy(2 * ORDERS);
            for (int number = 1; number <= ORDERS && open; number++) {
                payThenConfirm("probe-" + Instant.now().toEpochMilli() + "-" + number);
                unreadable = unreadable || cast.kafka().send("lucky_made_topic", "probe-unreadable",
                        "no CloudEvent".getBytes(StandardCharsets.UTF_8));
                Wait.until(() -> !open, pause);
            }
        } catch (Wait.Interrupted e) {
            // The run ends.
        }
    }

    private void payThenConfirm(String orderId) {
        OrderRequest order = order(orderId, Kind.PICKUP);
        note(What.CONFIRM_ASKED, orderId, Map.of("kind", "PICKUP"));
        pay(order);
        Wait.lasting(HEAD_START);
        confirm(order);
    }

    private void cancelOneAfterTheOther(int number) {
        try {
            Duration pause = cast.plan().faults().dividedBy(CANCELS_OF_EACH);
            while (open) {
                cancelWhenPaid("probe-" + Instant.now().toEpochMilli() + "-c" + number);
                Wait.until(() -> !open, pause);
            }
        } catch (Wait.Interrupted e) {
            // The run ends.
        }
    }

    private void cancelWhenPaid(String orderId) {
        OrderRequest order = order(orderId, Kind.DELIVERY);
        note(What.CONFIRM_ASKED, orderId, Map.of("kind", "DELIVERY"));
        if (confirm(order) >= 300) {
            return;
        }
        pay(order);
        while (open && !isPaid(orderId)) {
            Wait.lasting(LOOK);
        }
        if (open) {
            note(What.CANCEL_ASKED, orderId, Map.of());
            int status = untilAnswered(cast.hubUrl().resolve("/api/orders/" + orderId + "/cancel"),
                    Json.write(new CancelRequest("too late, I hope")), cast.secrets().shop());
            note(What.CANCEL_ANSWERED, orderId, Map.of("answer", "" + status));
        }
    }

    private boolean isPaid(String orderId) {
        Seen seen = api.order(orderId).seen();
        return seen != null && !"CONFIRMED".equals(seen.make());
    }

    private static OrderRequest order(String orderId, Kind kind) {
        return new OrderRequest(orderId, "S1", kind, 990, "CNY", List.of(new Item("latte", 1)));
    }

    private void pay(OrderRequest order) {
        untilAnswered(cast.neighbourUrl("payment").resolve("/payments"),
                Json.write(new PaymentRequest(order.orderId(), order.amount(), order.currency(), null)), null);
    }

    private int confirm(OrderRequest order) {
        int status = untilAnswered(cast.hubUrl().resolve("/api/orders"), Json.write(order), cast.secrets().shop());
        note(What.CONFIRM_ANSWERED, order.orderId(), Map.of("answer", "" + status));
        return status;
    }

    private void note(What what, String orderId, Map<String, String> detail) {
        journal.append(Entry.of(Instant.now(), what, orderId).withDetail(detail));
    }

    private int untilAnswered(URI to, byte[] body, String token) {
        while (true) {
            int status = post(to, body, token);
            if (status > 0 && status < 500 && status != 429) {
                return status;
            }
            Wait.lasting(AGAIN);
        }
    }

    private int post(URI to, byte[] body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
