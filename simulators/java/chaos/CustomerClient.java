package chaos;

import contract.CancelRequest;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import embedded.LocalHttp;
import embedded.Wait;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.payment.PaymentRequest;

/** Sends single requests of a customer to the hub and the payment system, with a journal. */
final class CustomerClient implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Cluster cluster;
    private final Journal journal;

    CustomerClient(Cluster cluster) {
        this.cluster = cluster;
        this.journal = Journal.open(cluster.plan().journal("probe"));
    }

    @Override
    public void close() {
        journal.close();
    }

    /** A new order, journaled as about to be confirmed. */
    OrderRequest order(String name, Kind kind) {
        OrderRequest order = new OrderRequest("probe-" + Instant.now().toEpochMilli() + "-" + name, "S1", kind, 990, "CNY",
                List.of(new Item("latte", 1)));
        note(What.CONFIRM_ASKED, order.orderId(), Map.of("kind", kind.name(), "amount", "" + order.amount()));
        return order;
    }

    /** Retries until there is an answer. @return its HTTP status */
    int confirm(OrderRequest order) {
        int status = untilAnswered(cluster.hubUrl().resolve("/api/orders"), Json.write(order), cluster.credentials().shop());
        note(What.CONFIRM_ANSWERED, order.orderId(), Map.of("answer", "" + status));
        return status;
    }

    void pay(OrderRequest order) {
        pay(order, order.amount(), null);
    }

    /** @param key idempotency key: another key makes another payment; null for the order's default key */
    void pay(OrderRequest order, long amount, String key) {
        untilAnswered(cluster.neighbourUrl("payment").resolve("/payments"),
                Json.write(new PaymentRequest(order.orderId(), amount, order.currency(), key)), null);
    }

    void cancel(OrderRequest order) {
        note(What.CANCEL_ASKED, order.orderId(), Map.of());
        int status = untilAnswered(cluster.hubUrl().resolve("/api/orders/" + order.orderId() + "/cancel"),
                Json.write(new CancelRequest("too late, I hope")), cluster.credentials().shop());
        note(What.CANCEL_ANSWERED, order.orderId(), Map.of("answer", "" + status));
    }

    void note(What what, String orderId, Map<String, String> detail) {
        journal.append(Entry.of(Instant.now(), what, orderId).withDetail(detail));
    }

    /** @return HTTP status of the answer; 0 when there was none */
    int post(URI to, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return LocalHttp.status(request, Duration.ofSeconds(5));
    }

    private int untilAnswered(URI to, byte[] body, String token) {
        Map<String, String> headers = token == null ? Map.of() : Map.of("Authorization", "Bearer " + token);
        while (true) {
            int status = post(to, body, headers);
            if (status > 0 && status < 500 && status != 429) {
                return status;
            }
            Wait.lasting(AGAIN);
        }
    }
}
