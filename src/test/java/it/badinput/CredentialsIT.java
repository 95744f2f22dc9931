package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.StrangerClient.assertProblem;
import static testbed.StrangerClient.json;

import contract.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import testbed.StrangerClient;

/** Which credential opens what, and that nothing else does. */
class CredentialsIT {

    private static final Map<String, String> TOKENS = Map.of("viewer", SharedHub.VIEWER, "operator", SharedHub.OPERATOR,
            "deployer", SharedHub.DEPLOYER, "shop", SharedHub.SHOP, "barista", SharedHub.BARISTA, "dispatch", SharedHub.DISPATCH);

    /** Each may all that those before it may. */
    private static final List<String> PEOPLE = List.of("viewer", "operator", "deployer");

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final StrangerClient stranger = new StrangerClient(hub);
    private final OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

    /** @param to the lowest of the people who may; @param and the neighbours who may */
    record Entry(String method, String path, String to, Set<String> and) {

        Entry(String method, String path, String to) {
            this(method, path, to, Set.of());
        }

        boolean isOpenTo(String holder) {
            return PEOPLE.indexOf(holder) >= PEOPLE.indexOf(to) || and.contains(holder);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Entry> entries() {
        return Stream.of(
                new Entry("POST", "/api/orders", "operator", Set.of("shop")),
                new Entry("GET", "/api/orders/{orderId}", "viewer", Set.of("shop")),
                new Entry("POST", "/api/orders/{orderId}/cancel", "operator", Set.of("shop")),
                new Entry("POST", "/api/orders/{orderId}/pull", "operator"),
                new Entry("GET", "/api/stores/{storeId}/orders?state=unaccepted", "viewer", Set.of("barista")),
                new Entry("GET", "/api/orders?state=made&kind=DELIVERY", "viewer", Set.of("dispatch")),
                new Entry("GET", "/api/arrows", "viewer"),
                new Entry("GET", "/api/flow", "viewer"),
                new Entry("GET", "/api/me", "viewer"),
                new Entry("GET", "/api/stuck", "viewer"),
                new Entry("GET", "/api/search/orders", "viewer"),
                new Entry("GET", "/api/parked", "viewer"),
                new Entry("POST", "/api/parked/replay", "operator"),
                new Entry("POST", "/api/parked/dismiss", "operator"),
                new Entry("GET", "/api/refunds", "viewer"),
                new Entry("GET", "/api/audit", "operator"),
                new Entry("GET", "/api/routes", "viewer"),
                new Entry("GET", "/api/routes/revisions/1", "viewer"),
                new Entry("POST", "/api/routes/check", "viewer"),
                new Entry("POST", "/api/routes/no-such-route/pause", "operator"),
                new Entry("POST", "/api/routes/no-such-route/resume", "operator"),
                new Entry("POST", "/api/routes/tune", "operator"),
                new Entry("POST", "/api/routes/apply", "deployer"),
                new Entry("POST", "/api/routes/revisions/999999/rollback", "deployer"),
                // An act that nobody has thought of yet.
                new Entry("POST", "/api/routes/no-such-act", "deployer"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void eachCredentialOpensOnlyWhatItIsFor(Entry entry) {
        TOKENS.forEach((holder, token) -> {
            HubClient.Reply reply = ask(entry, json(token));
            if (entry.isOpenTo(holder)) {
                assertThat(reply.status()).as(holder).isNotIn(401, 403).isLessThan(500);
            } else {
                assertProblem(reply, 403);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("entries")
    void withoutACredentialOrWithAnUnknownOneNothingOpens(Entry entry) {
        for (String authorization : List.of("", "Bearer", "Bearer ", "Bearer unknown", "Bearer " + SharedHub.OPERATOR + "x",
                "Bearer " + SharedHub.OPERATOR.toUpperCase(java.util.Locale.ROOT), "Basic " + SharedHub.OPERATOR, SharedHub.OPERATOR,
                "Bearer a b", "Bearer \u00e9")) {
            Map<String, String> headers = new LinkedHashMap<>(StrangerClient.JSON);
            if (!authorization.isEmpty()) {
                headers.put("Authorization", authorization);
            }
            HubClient.Reply reply = ask(entry, headers);
            assertProblem(reply, 401);
            assertThat(reply.header("WWW-Authenticate")).as(authorization).isEqualTo("Bearer");
        }
    }

    /** However the path is written, whoever may not have it doesn't get it. */
    @ParameterizedTest
    @MethodSource("entries")
    void noOtherWayToWriteAPathOpensItToMore(Entry entry) {
        String path = path(entry).split("\\?")[0];
        String query = path(entry).substring(path.length());
        for (String other : List.of(path + "/", path + "//", path.replace("/api/", "/api//"), path.replace("/api/", "//api/"),
                path.replace("/api/o", "/api/O").replace("/api/a", "/api/A"), path + ";a=b", path + "/.", path + "%2f",
                path.replace("/api/", "/api/./"), path.replace("/api/", "/api/x/../"), path + ".json", path + "%20")) {
            TOKENS.forEach((holder, token) -> {
                HubClient.Reply reply = stranger.send(entry.method(), other + query, body(entry), json(token));
                assertThat(reply.status()).as("%s by %s: %s", other, holder, reply.text()).isLessThan(500);
                if (!entry.isOpenTo(holder)) {
                    assertThat(reply.status()).as("%s by %s", other, holder).isIn(400, 403, 404);
                    assertProblem(reply, reply.status());
                }
            });
            HubClient.Reply nobody = stranger.send(entry.method(), other + query, body(entry), StrangerClient.JSON);
            assertThat(nobody.status()).as(other).isIn(400, 401, 404);
            assertProblem(nobody, nobody.status());
        }
    }

    @Test
    void aTokenInTheQueryIsNoCredential() {
        assertProblem(stranger.send("GET", "/api/arrows?access_token=" + SharedHub.OPERATOR, null, Map.of()), 401);
    }

    @Test
    void aTokenThatIsNotConfiguredLetsNobodyIn() {
        // Without the broker: a hub that comes and goes would have the shared one read its records again.
        try (var another = bed.startHub(Map.of("hub.tokens.barista", "", "hub.tokens.dispatch", "",
                "hub.kafka.brokers", "127.0.0.1:9"))) {
            HubClient there = bed.client(another);
            for (String token : List.of("", " ", "null", SharedHub.BARISTA, SharedHub.DISPATCH)) {
                assertProblem(there.get("/api/stores/s1/orders?state=unaccepted", token), 401);
            }
            assertThat(there.get("/api/arrows", SharedHub.OPERATOR).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/api/openapi.yaml"})
    void healthAndTheContractNeedNone(String path) {
        assertThat(stranger.send("GET", path, null, Map.of()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/order", "/api/orders/x/y", "/api/stores", "/actuator",
            "/actuator/health", "/actuator/env", "/actuator/prometheus", "/error", "/page", "/page/nothing.js", "/webjars/nothing.js",
            "/camel/orders",
            "/API/ARROWS", "/api/schemas/nothing", "/api/schemas/..%2fopenapi.yaml",
            "/api/payments/callback/x", "/h2-console", "/jolokia"})
    void aPathThatIsNotServedIsAProblemAndSaysNothingElse(String path) {
        HubClient.Reply known = stranger.send("GET", path, null, json(SharedHub.DEPLOYER));
        assertThat(known.status()).isIn(400, 404);
        assertProblem(known, known.status());

        HubClient.Reply unknown = stranger.send("GET", path, null, Map.of());
        assertThat(unknown.status()).isIn(400, 401, 404);
        assertProblem(unknown, unknown.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /api/orders", "PUT /api/orders", "PATCH /api/arrows", "DELETE /api/orders/{orderId}",
            "POST /api/orders/{orderId}", "GET /api/orders/{orderId}/cancel", "GET /api/payments/callback",
            "PUT /api/payments/callback", "POST /api/flow", "POST /api/openapi.yaml", "TRACE /api/orders",
            "BREW /api/orders", "PROPFIND /api/arrows"})
    void aMethodThatAPathDoesNotHaveIsAProblem(String methodAndPath) {
        String[] parts = methodAndPath.split(" ");
        String path = parts[1].replace("{orderId}", life.id());

        HubClient.Reply reply = stranger.send(parts[0], path, null, json(SharedHub.DEPLOYER));
        assertThat(reply.status()).as(reply.text()).isIn(400, 404, 405, 501);
        assertProblem(reply, reply.status());
    }

    @Test
    void theActuatorAnswersOnItsOwnLoopbackPort() {
        int port = Integer.parseInt(bed.hub().getEnvironment().getRequiredProperty("local.management.port"));
        assertThat(bed.hub().getEnvironment().getProperty("management.server.address")).isEqualTo("127.0.0.1");

        StrangerClient actuator = new StrangerClient(new HubClient(port));
        assertThat(actuator.send("GET", "/actuator/prometheus", null, Map.of()).text())
                .contains("hub_callbacks_rejected_total");
        assertThat(actuator.send("GET", "/actuator/env", null, Map.of()).status()).isIn(401, 404);
        assertThat(actuator.send("POST", "/actuator/shutdown", new byte[0], Map.of()).status()).isIn(401, 404);
    }

    private HubClient.Reply ask(Entry entry, Map<String, String> headers) {
        return hub.send(entry.method(), path(entry), body(entry), headers);
    }

    private String path(Entry entry) {
        return entry.path().replace("{orderId}", life.id()).replace("{storeId}", life.order().storeId());
    }

    /** Who is let in learns that this is no JSON. */
    private static byte[] body(Entry entry) {
        return entry.method().equals("POST") ? "{".getBytes() : null;
    }
}
