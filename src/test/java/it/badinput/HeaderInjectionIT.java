package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.json;
import static testbed.StrangerClient.with;

import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testbed.CallbackSignature;
import testbed.HubClient;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Camel takes orders from headers; from outside, as headers or as parameters of the query, it gets none. */
class HeaderInjectionIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final StrangerClient stranger = new StrangerClient(hub);

    @ParameterizedTest
    @CsvSource({
            "CamelHttpPath, /elsewhere", "CamelHttpUri, http://127.0.0.1:1/", "CamelHttpMethod, DELETE",
            "CamelHttpResponseCode, 299", "CamelHttpQuery, a=b", "CamelHttpRawQuery, a=b",
            "CamelKafkaTopic, lucky_cancel_making_topic", "CamelKafkaOverrideTopic, lucky_cancel_making_topic",
            "kafka.OVERRIDE_TOPIC, lucky_cancel_making_topic", "cAmElKafkaOverrideTopic, lucky_cancel_making_topic",
            "CamelKafkaKey, someone-elses", "CamelKafkaPartitionKey, 1", "CamelFileName, header-injection",
            "CamelSqlQuery, DROP TABLE orders", "CamelBeanMethodName, toString", "CamelExecCommandExecutable, touch",
            "CamelToDynamicUri, file:/tmp", "CamelCharsetName, UTF-16", "org.apache.camel.x, y", "orderId, another",
            "storeId, another", "breadcrumbId, b", "ce_type, lucky.order.cancel-making.v1",
            "ce_id, another", "tag, x", "Location, http://127.0.0.1:1/", "Retry-After, 1"})
    void aHeaderOrParameterFromOutsideChangesNothing(String name, String value) {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        String query = "?" + name + "=" + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);

        HubClient.Reply confirmed = stranger.send("POST", "/api/orders" + query, Json.write(order),
                with(json(SharedHub.SHOP), name, value));
        assertThat(confirmed.status()).isEqualTo(201);
        assertThat(confirmed.json().get("orderId").asString()).isEqualTo(order.orderId());
        assertThat(confirmed.json().get("readyAtFrom").asString()).isEqualTo("barista");
        assertNothingComesBack(confirmed, name);
        assertThat(bed.barista().wasAsked("/estimates", order.orderId())).isTrue();

        byte[] payment = Json.write(HubClient.payment(order));
        Map<String, String> signed = CallbackSignature.headers(payment, SharedHub.KEYS.get(1), Instant.now());
        HubClient.Reply paid = stranger.send("POST", "/api/payments/callback" + query, payment,
                with(signed, name, value));
        assertThat(paid.status()).isEqualTo(204);
        assertNothingComesBack(paid, name);

        HubClient.Reply seen = stranger.send("GET", "/api/orders/" + order.orderId() + query, null,
                with(json(SharedHub.SHOP), name, value));
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().get("orderId").asString()).isEqualTo(order.orderId());

        HubClient.Reply cancelled = stranger.send("POST", "/api/orders/" + order.orderId() + "/cancel" + query,
                new byte[0], with(json(SharedHub.SHOP), name, value));
        assertThat(cancelled.status()).isEqualTo(202);
        assertNothingComesBack(cancelled, name);

        await().untilAsserted(() -> {
            assertThat(bed.messages().on("lucky_order_to_barista_topic", order.orderId())).hasSize(1);
            assertThat(bed.messages().on("lucky_cancel_making_topic", order.orderId())).hasSize(1);
        });
        bed.messages().on("lucky_order_to_barista_topic", order.orderId()).forEach(record -> {
            assertThat(new String(record.headers().lastHeader("ce_type").value())).isEqualTo("lucky.order.paid.v1");
            assertThat(record.headers().headers("ce_id")).hasSize(1);
        });
        assertThat(bed.messages().on("lucky_order_to_barista_topic", value)).isEmpty();
        assertThat(Files.exists(Path.of("header-injection"))).isFalse();
    }

    private static void assertNothingComesBack(HubClient.Reply reply, String name) {
        assertThat(reply.headers().keySet()).noneMatch(header -> header.equalsIgnoreCase(name));
    }
}
