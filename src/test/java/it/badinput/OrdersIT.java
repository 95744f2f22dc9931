package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.StrangerClient.assertProblem;
import static testbed.StrangerClient.json;
import static testbed.StrangerClient.with;

import contract.Item;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Orders that are none, and questions about orders that there can't be. */
class OrdersIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final StrangerClient stranger = new StrangerClient(hub);

    @Test
    void anOrderConfirmedAgainHasTheSameAnswer() {
        OrderRequest order = HubClient.anOrder(Kind.DELIVERY);
        HubClient.Reply first = hub.confirm(order);
        HubClient.Reply second = hub.confirm(order);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    static Map<String, OrderRequest> others(OrderRequest o) {
        return Map.of(
                "store", new OrderRequest(o.orderId(), "elsewhere", o.kind(), o.amount(), o.currency(), o.items()),
                "kind", new OrderRequest(o.orderId(), o.storeId(), Kind.DELIVERY, o.amount(), o.currency(), o.items()),
                "amount", new OrderRequest(o.orderId(), o.storeId(), o.kind(), 1, o.currency(), o.items()),
                "currency", new OrderRequest(o.orderId(), o.storeId(), o.kind(), o.amount(), "USD", o.items()),
                "items", new OrderRequest(o.orderId(), o.storeId(), o.kind(), o.amount(), o.currency(),
                        List.of(new Item("latte", 3))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "kind", "amount", "currency", "items"})
    void anOrderIdIsNotTakenTwiceForDifferentOrders(String differing) {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        assertThat(hub.confirm(order).status()).isEqualTo(201);

        assertProblem(hub.confirm(others(order).get(differing)), 409);

        assertThat(hub.confirm(order).status()).isEqualTo(200);
        assertThat(hub.order(order.orderId()).get("amount").asLong()).isEqualTo(order.amount());
    }

    /** Spoils a good order's JSON. */
    interface Malform {
        String of(String good, String orderId);
    }

    static Map<String, Malform> malformed() {
        return Map.ofEntries(
                Map.entry("an id with a line break", (good, id) -> good.replace(id, id.substring(4) + "\\n")),
                Map.entry("an id with a NUL", (good, id) -> good.replace(id, id.substring(4) + "\\u0000")),
                Map.entry("an id with a slash", (good, id) -> good.replace(id, "../" + id.substring(4))),
                Map.entry("an id of 10 kB", (good, id) -> good.replace(id, "a".repeat(10_000))),
                Map.entry("an id that is empty", (good, id) -> good.replace(id, "")),
                Map.entry("an id in Chinese", (good, id) -> good.replace(id, "订单")),
                Map.entry("an id that is a number", (good, id) -> good.replace('"' + id + '"', "17")),
                Map.entry("a store with a quote", (good, id) -> good.replace("store-", "store'")),
                Map.entry("a negative amount", (good, id) -> good.replace("1300", "-1300")),
                Map.entry("an amount of nothing", (good, id) -> good.replace("1300", "0")),
                Map.entry("an amount of a hundred million", (good, id) -> good.replace("1300", "100000000")),
                Map.entry("a fraction", (good, id) -> good.replace("1300", "13.5")),
                Map.entry("a whole fraction", (good, id) -> good.replace("1300", "1300.0")),
                Map.entry("a quoted amount", (good, id) -> good.replace("1300", "\"1300\"")),
                Map.entry("not a number", (good, id) -> good.replace("1300", "NaN")),
                Map.entry("more than a long", (good, id) -> good.replace("1300", "18446744073709551716")),
                Map.entry("a currency of four letters", (good, id) -> good.replace("CNY", "CNYY")),
                Map.entry("a currency with a digit", (good, id) -> good.replace("CNY", "C1Y")),
                Map.entry("no items", (good, id) -> good.replaceFirst("\\[.*]", "[]")),
                Map.entry("items that are null", (good, id) -> good.replaceFirst("\\[.*]", "null")),
                Map.entry("an item that is null", (good, id) -> good.replaceFirst("\\[.*]", "[null]")),
                Map.entry("a hundred and one items", (good, id) -> good.replaceFirst("\\[.*]",
                        "[" + "{\"sku\":\"latte\",\"quantity\":1},".repeat(100) + "{\"sku\":\"latte\",\"quantity\":1}]")),
                Map.entry("a hundred lattes in a line", (good, id) -> good.replace("\"quantity\":2", "\"quantity\":100")),
                Map.entry("minus two lattes", (good, id) -> good.replace("\"quantity\":2", "\"quantity\":-2")),
                Map.entry("two and a half lattes", (good, id) -> good.replace("\"quantity\":2", "\"quantity\":2.5")),
                Map.entry("another kind", (good, id) -> good.replace("PICKUP", "DRONE")),
                Map.entry("a kind by its number", (good, id) -> good.replace("\"PICKUP\"", "0")),
                Map.entry("a kind in small letters", (good, id) -> good.replace("PICKUP", "pickup")),
                Map.entry("no kind", (good, id) -> good.replace("\"PICKUP\"", "null")),
                Map.entry("an unknown field", (good, id) -> good.replaceFirst("\\{", "{\"tip\":1,")),
                Map.entry("an unknown field in an item", (good, id) -> good.replace("{\"sku", "{\"milk\":1,\"sku")),
                Map.entry("a field twice", (good, id) -> good.replaceFirst("\\{", "{\"amount\":1,")),
                Map.entry("a thousand levels", (good, id) -> good.replace("1300", "[".repeat(1000) + "]".repeat(1000))),
                Map.entry("trailing garbage", (good, id) -> good + "}"),
                Map.entry("nothing", (good, id) -> ""),
                Map.entry("null", (good, id) -> "null"),
                Map.entry("a list of orders", (good, id) -> "[" + good + "]"));
    }

    static Stream<String> malformedNames() {
        return malformed().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("malformedNames")
    void anOrderThatTheContractDoesNotHaveIsRefused(String name) {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        String good = new String(Json.write(order), StandardCharsets.UTF_8);

        HubClient.Reply reply = hub.post("/api/orders", SharedHub.SHOP,
                malformed().get(name).of(good, order.orderId()).getBytes(StandardCharsets.UTF_8));

        assertProblem(reply, 400);
        assertThat(reply.json().get("detail").asString()).hasSizeLessThan(500);
        assertProblem(hub.get("/api/orders/" + order.orderId(), SharedHub.SHOP), 404);
    }

    @Test
    void aMillionItemsAreTooLarge() {
        String items = "{\"sku\":\"latte\",\"quantity\":1},".repeat(50_000);
        byte[] body = new String(Json.write(HubClient.anOrder(Kind.PICKUP)), StandardCharsets.UTF_8)
                .replaceFirst("\\[", "[" + items).getBytes(StandardCharsets.UTF_8);

        assertProblem(stranger.send("POST", "/api/orders", body, json(SharedHub.SHOP)), 413);
        assertProblem(stranger.sendChunked("POST", "/api/orders", body, json(SharedHub.SHOP)), 413);
    }

    @Test
    void brokenUtf8IsNoOrder() {
        byte[] body = Json.write(HubClient.anOrder(Kind.PICKUP));
        body[new String(body, StandardCharsets.UTF_8).indexOf("latte")] = (byte) 0xFE;

        assertProblem(hub.post("/api/orders", SharedHub.SHOP, body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/json; charset=gbk", "application/x-java-serialized-object"})
    void anotherContentTypeThanJsonIsRefusedWhateverTheQuerySays(String contentType) {
        byte[] body = Json.write(HubClient.anOrder(Kind.PICKUP));
        Map<String, String> headers = with(json(SharedHub.SHOP), "Content-Type", contentType);

        assertProblem(hub.send("POST", "/api/orders", body, headers), 415);
        assertProblem(hub.send("POST", "/api/orders?Content-Type=application/json", body, headers), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "%2e%2e%2Farrows", "..%2farrows", "a%00b", "a%0Ab", "a%1Bb", "%FF%FE", "a%5Cb",
            "a;b=c", "a%3Bb", "a%25b", "..", ".", "%2e%2e", "a%20b", "%E8%AE%A2%E5%8D%95", "-a", "a'b", "a$%7Bbody%7D"})
    void anIdThatIsNoneIsRefusedInEveryPathThatHasOne(String id) {
        for (String path : List.of("/api/orders/" + id, "/api/stores/" + id + "/orders?state=unaccepted")) {
            HubClient.Reply reply = stranger.send("GET", path, null, json(SharedHub.OPERATOR));
            assertThat(reply.status()).as(path).isIn(400, 404);
            assertProblem(reply, reply.status());
            assertThat(reply.text()).doesNotContain("timeline");
        }
        HubClient.Reply cancel = stranger.send("POST", "/api/orders/" + id + "/cancel", new byte[0], json(SharedHub.SHOP));
        // What the server folds away before any route sees it is another path, which this credential may not have.
        assertThat(cancel.status()).isIn(400, 403, 404);
        assertProblem(cancel, cancel.status());
    }

    @Test
    void anIdOf10KilobytesIsRefusedInThePathAndInTheQuery() {
        String id = "a".repeat(10_000);

        HubClient.Reply inPath = stranger.send("GET", "/api/orders/" + id, null, json(SharedHub.OPERATOR));
        assertThat(inPath.status()).isBetween(400, 499);
        HubClient.Reply inQuery = stranger.send("GET", "/api/orders?state=made&kind=DELIVERY&after=" + id, null,
                json(SharedHub.OPERATOR));
        assertThat(inQuery.status()).isBetween(400, 499);
        // Short enough for the server, too long for an id.
        assertProblem(hub.get("/api/orders/" + id.substring(0, 4_000), SharedHub.OPERATOR), 400);
        assertProblem(hub.get("/api/orders?state=made&kind=DELIVERY&after=" + id.substring(0, 4_000), SharedHub.OPERATOR),
                400);
    }

    @Test
    void anOrderThatNobodyConfirmedIsNotFound() {
        String id = UUID.randomUUID().toString();

        assertProblem(hub.get("/api/orders/" + id, SharedHub.SHOP), 404);
        assertProblem(hub.cancel(id), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=501", "limit=1e2", "limit=many", "limit=", "limit=%00",
            "limit=10&limit=20", "limit=99999999999999999999", "after=", "after=a%2Fb", "after=%00", "after=a%20b",
            "after=a&after=b", "state=gone", "state=", "state=unaccepted&state=made"})
    void aPageThatThereCantBeIsRefused(String parameters) {
        boolean ownState = parameters.startsWith("state");

        assertProblem(hub.get("/api/stores/s1/orders?" + (ownState ? "" : "state=unaccepted&") + parameters,
                SharedHub.BARISTA), 400);
        assertProblem(hub.get("/api/orders?kind=DELIVERY&" + (ownState ? "" : "state=made&") + parameters,
                SharedHub.DISPATCH), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders?state=%zz", "/api/orders?state=made&kind=DELIVERY&after=%", "/api/orders/%zz",
            "/api/orders/a b", "/api/orders/<a>", "/api/orders?state=\u0001", "*", "http://elsewhere/api/arrows/%"})
    void aRequestLineThatNoClientWouldSendIsRefused(String target) {
        assertThat(stranger.sendLine("GET " + target + " HTTP/1.1", json(SharedHub.OPERATOR)))
                .matches("HTTP/1\\.1 4\\d\\d.*");
    }

    @Test
    void aListNeedsItsParametersInTheQuery() {
        assertProblem(hub.get("/api/stores/s1/orders", SharedHub.BARISTA), 400);
        assertProblem(hub.get("/api/orders", SharedHub.DISPATCH), 400);
        assertProblem(hub.get("/api/orders?state=made", SharedHub.DISPATCH), 400);
        assertProblem(hub.get("/api/orders?state=made&kind=PICKUP", SharedHub.DISPATCH), 400);
        // A header of that name is no parameter.
        assertProblem(hub.send("GET", "/api/stores/s1/orders", null, with(json(SharedHub.BARISTA), "state", "unaccepted")),
                400);
    }

    @Test
    void aPageIsAsLongAsAskedForAndLeadsToTheNext() {
        OrderLife one = OrderLife.paid(bed, Kind.PICKUP);
        String list = "/api/stores/" + one.order().storeId() + "/orders?state=unaccepted&limit=";
        HubClient.Reply page = hub.get(list + 500, SharedHub.BARISTA);

        assertThat(page.json().get("orders").valueStream().map(o -> o.get("orderId").asString())).contains(one.id());
        assertThat(hub.get(list + "1&after=" + one.id(), SharedHub.BARISTA).json().get("orders")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "\"", "{}x", "{\"why\":1}", "[]", "{\"reason\":\"a\\nb\"}", "{\"reason\":7}"})
    void aCancelWhoseBodyTheContractDoesNotHaveIsRefused(String body) {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        assertProblem(hub.post("/api/orders/" + life.id() + "/cancel", SharedHub.SHOP, body.getBytes(StandardCharsets.UTF_8)),
                400);
        assertProblem(stranger.send("POST", "/api/orders/" + life.id() + "/cancel", new byte[1 << 20], json(SharedHub.SHOP)),
                413);
        assertThat(life.now().at("/cancel/state").asString()).isEqualTo("NONE");
    }
}
