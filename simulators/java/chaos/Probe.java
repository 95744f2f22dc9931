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

import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.payment.PaymentRequest;

/**
 * Does what no customer does, so that a run meets it: pays orders before they are confirmed, and puts a message on a topic
 * that nobody can read. Its orders count as everyone's, by a journal of its own.
 */
final class Probe implements AutoCloseable {

    private static final int ORDERS = 5;
    private static final Duration HEAD_START = Duration.ofMillis(1_500);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Cast cast;
    private final Journal journal;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread thread = new Thread(this::run, "probe");
    private volatile boolean open = true;

    Probe(Cast cast) {
        this.cast = cast;
        this.journal = Journal.open(cast.plan().journal("probe"));
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for what it has begun. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join(Duration.ofSeconds(60).toMillis());
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
                Wait.lasting(pause);
            }
        } catch (Wait.Interrupted e) {
            // The run ends.
        }
    }

    private void payThenConfirm(String orderId) {
        OrderRequest order = new OrderRequest(orderId, "S1", Kind.PICKUP, 990, "CNY", List.of(new Item("latte", 1)));
        note(What.CONFIRM_ASKED, orderId, Map.of("kind", "PICKUP"));
        untilAnswered(cast.neighbourUrl("payment").resolve("/payments"),
                Json.write(new PaymentRequest(orderId, order.amount(), order.currency(), null)), null);
        Wait.lasting(HEAD_START);
        int status = untilAnswered(cast.hubUrl().resolve("/api/orders"), Json.write(order), cast.secrets().shop());
        note(What.CONFIRM_ANSWERED, orderId, Map.of("answer", "" + status));
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
