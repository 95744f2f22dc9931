package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static testbed.StrangerClient.assertProblem;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import contract.Json;
import contract.Kind;
import embedded.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import testbed.HubClient;
import testbed.IssuerServer;
import testbed.SharedHub;
import testbed.StrangerClient;
import tools.jackson.databind.JsonNode;

/** People who sign in at an issuer, what they may, and what the audit has of it. */
class PeopleIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final IssuerServer issuer = bed.issuer();
    private final String name = "mei-" + UUID.randomUUID();

    @Test
    void aPersonMayWhatTheRoleOfTheTokenMay() {
        byte[] wish = "{\"ids\":[999999999]}".getBytes(StandardCharsets.UTF_8);
        String viewer = issuer.token(name, "viewer");
        String operator = issuer.token(name, "operator");

        assertThat(hub.get("/api/arrows", viewer).status()).isEqualTo(200);
        assertProblem(hub.get("/api/audit", viewer), 403);
        assertProblem(hub.post("/api/parked/replay", viewer, wish), 403);
        assertThat(hub.post("/api/parked/replay", operator, wish).status()).isEqualTo(200);
        assertProblem(hub.post("/api/routes/apply", operator, "{}".getBytes(StandardCharsets.UTF_8)), 403);
        assertThat(hub.post("/api/routes/no-such-act", issuer.token(name, "deployer"), wish).status()).isEqualTo(404);

        assertThat(audit("who=" + name)).containsExactly(
                "no-such-act routes refused: answered 404",
                "apply routes refused: not allowed to operator",
                "replay parked/999999999 refused: there is no such message",
                "replay parked refused: not allowed to viewer");
    }

    @Test
    void whoAsksIsToldWhoTheyAreAndWhatTheyMay() {
        JsonNode me = hub.get("/api/me", issuer.token(name, "operator")).json();
        assertThat(me.get("name").asString()).isEqualTo(name);
        assertThat(me.get("roles").toString()).isEqualTo("[\"operator\",\"viewer\"]");
        assertThat(hub.get("/api/me", SharedHub.DEPLOYER).json().get("roles").toString())
                .isEqualTo("[\"deployer\",\"operator\",\"viewer\"]");
    }

    @Test
    void aNeighboursRoleOpensWhatIsTheNeighboursAndNoRoleNothing() {
        assertThat(hub.get("/api/stores/s1/orders?state=unaccepted", issuer.token(name, "barista")).status()).isEqualTo(200);
        assertProblem(hub.get("/api/arrows", issuer.token(name, "barista")), 403);
        HubClient.Reply withoutARole = hub.get("/api/arrows", issuer.token(name));
        assertProblem(withoutARole, 403);
        assertThat(withoutARole.json().get("detail").asString()).contains("claim realm_access.roles", "hub.oidc.roles");
        assertThat(hub.get("/api/arrows", issuer.token(name, "barista")).json().get("detail").asString())
                .doesNotContain("realm_access");
        assertProblem(hub.post("/api/parked/dismiss", issuer.token(name), new byte[0]), 403);

        assertThat(audit("who=" + name)).containsExactly("dismiss parked refused: not allowed to someone without a role");
    }

    @Test
    void aTokenThatDoesNotHoldIsToldWhyAndIsNobodysInTheAudit() {
        double before = refused("unknown-credential");
        HubClient.Reply expired = hub.post("/api/parked/replay", issuer.sign(issuer.claims(name, "operator")
                .expirationTime(Date.from(Instant.now().minusSeconds(3600))).build()), new byte[0]);
        HubClient.Reply forAnother = hub.get("/api/arrows", issuer.sign(issuer.claims(name, "operator")
                .audience("another").build()));
        HubClient.Reply forged = hub.get("/api/arrows", issuer.forged(issuer.claims(name, "operator").build()));

        for (HubClient.Reply reply : List.of(expired, forAnother, forged)) {
            assertProblem(reply, 401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        assertThat(expired.json().get("detail").asString()).contains("expired", "get a new one");
        assertThat(forAnother.json().get("detail").asString()).contains("aud");
        assertThat(forged.json().get("detail").asString()).doesNotContain("signature", "Signed");
        assertThat(audit("who=" + name)).isEmpty();
        assertThat(refused("unknown-credential") - before).isEqualTo(3);
    }

    @Test
    void whatAPersonDoesInTheShopsPlaceIsInTheAuditAndWhatTheShopDoesIsNot() {
        var order = HubClient.anOrder(Kind.PICKUP);
        var shops = HubClient.anOrder(Kind.PICKUP);

        assertThat(hub.post("/api/orders", issuer.token(name, "operator"), Json.write(order)).status()).isEqualTo(201);
        assertThat(hub.post("/api/orders/" + order.orderId() + "/cancel", SharedHub.OPERATOR, new byte[0]).status())
                .isEqualTo(200);
        assertThat(hub.confirm(shops).status()).isEqualTo(201);
        assertThat(hub.cancel(shops.orderId()).status()).isEqualTo(200);

        assertThat(audit("who=" + name)).containsExactly("post orders answered 201");
        assertThat(audit("subject=orders/" + order.orderId())).containsExactly("cancel orders/" + order.orderId()
                + " answered 200");
        assertThat(audit("subject=orders/" + shops.orderId())).isEmpty();
    }

    @Test
    void anActThatIsRefusedOrThatThereIsNotIsInTheAudit() {
        String operator = issuer.token(name, "operator");
        assertProblem(hub.post("/api/orders/no-such-order/pull", operator, new byte[0]), 404);
        assertProblem(hub.send("POST", "/api/parked/replay", "{}".getBytes(StandardCharsets.UTF_8),
                Map.of("Authorization", "Bearer " + operator, "Content-Type", "text/plain")), 415);
        assertProblem(hub.send("DELETE", "/api/parked/17", null, Map.of("Authorization", "Bearer " + operator)), 403);
        assertThat(hub.post("/api/parked/replay", operator,
                Json.write(Map.of("filter", Map.of("order", name)))).status()).isEqualTo(200);
        assertProblem(hub.post("/api/routes/check", issuer.token(name), new byte[0]), 403);

        assertThat(audit("who=" + name)).containsExactly(
                "replay parked answered 200",
                "delete parked/17 refused: not allowed to operator",
                "replay parked refused: answered 415",
                "pull orders/no-such-order refused: there is no order no-such-order; "
                        + "confirm it with POST /api/orders first");
    }

    @Test
    void howeverAPathIsWrittenTheAuditCallsWhatItIsByOneName() {
        String viewer = issuer.token(name, "viewer");
        for (String path : List.of("/api/routes/apply", "/api/Routes/Apply", "/api/ROUTES/apply")) {
            assertProblem(hub.post(path, viewer, new byte[0]), 403);
        }
        assertProblem(hub.post("/api/%72outes/apply", viewer, new byte[0]), 400);
        assertProblem(hub.post("/api/orders/Abc%E2%80%AE1/pull", viewer, new byte[0]), 403);

        assertThat(audit("who=" + name)).containsExactly(
                "pull orders/Abc\\u202E1 refused: not allowed to viewer",
                "apply routes refused: not allowed to viewer");
    }

    @Test
    void whoIsRefusedAgainAndAgainHasNotAllOfTheAudit() {
        String viewer = issuer.token(name, "viewer");
        for (int n = 0; n < 200; n++) {
            assertProblem(hub.post("/api/parked/replay", viewer, new byte[0]), 403);
            assertProblem(hub.post("/api/routes/no-such-" + n, viewer, new byte[0]), 403);
        }
        String operator = issuer.token(name, "operator");
        for (int n = 0; n < 3; n++) {
            assertThat(hub.post("/api/parked/replay", operator, "{\"ids\":[999999999]}".getBytes(StandardCharsets.UTF_8))
                    .status()).isEqualTo(200);
        }

        assertThat(audit("who=" + name + "&act=replay")).as("what is done is never folded").hasSize(4);
        assertThat(audit("who=" + name + "&act=refused")).hasSize(1);
        assertThat(page("who=" + name + "&limit=500").get("lines").size()).isEqualTo(3 + 31);
    }

    @Test
    void whatIsAskedForAndIsSoAlreadyIsInTheAudit() {
        String operator = issuer.token(name, "operator");
        assertThat(hub.post("/api/routes/pull-made/resume", operator, Json.write(Map.of("reason", "so\u202eit is")))
                .status()).isEqualTo(200);

        assertThat(audit("who=" + name)).containsExactly(
                "resume routes/pull-made nothing to do: it runs already (so\\u202Eit is)");
    }

    @Test
    void aNameThatLooksLikeAnothersIsShownAsWhatItIs() {
        String other = issuer.token(name + "\u200b", "operator");
        assertThat(hub.get("/api/me", other).json().get("name").asString()).isEqualTo(name + "\\u200B");
        assertProblem(hub.post("/api/orders/none/pull", other, new byte[0]), 404);

        assertThat(audit("who=" + name)).isEmpty();
        assertThat(audit("who=" + name + "%5Cu200B")).hasSize(1);
    }

    @Test
    void theAuditIsReadByPagesAndByWhoWhatAndWhen() {
        Instant before = Instant.now().minusSeconds(60);
        String operator = issuer.token(name, "operator");
        for (int n = 0; n < 5; n++) {
            hub.post("/api/orders/none-" + n + "/pull", operator, new byte[0]);
        }
        hub.post("/api/parked/dismiss", operator, new byte[0]);

        JsonNode first = page("who=" + name + "&act=pull&limit=3");
        assertThat(first.get("lines").valueStream().map(line -> line.get("subject").asString()))
                .containsExactly("orders/none-4", "orders/none-3", "orders/none-2");
        JsonNode second = page("who=" + name + "&act=pull&limit=3&after=" + first.get("next").asLong());
        assertThat(second.get("lines").valueStream().map(line -> line.get("subject").asString()))
                .containsExactly("orders/none-1", "orders/none-0");
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(second.get("lines").get(0).get("address").asString()).isEqualTo("127.0.0.1");

        assertThat(audit("who=" + name + "&subject=orders/none-1")).hasSize(1);
        assertThat(audit("who=" + name + "&from=" + before)).hasSize(6);
        assertThat(audit("who=" + name + "&to=" + before)).isEmpty();
        for (String query : List.of("who=", "who=%00", "act=%20", "from=noon", "limit=0", "limit=501", "after=x",
                "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z")) {
            assertProblem(hub.get("/api/audit?" + query, SharedHub.OPERATOR), 400);
        }
    }

    @Test
    void aHubWhoseIssuerIsAwayStartsAndTakesNeighboursAndTakesPeopleWhenItIsBack() {
        int port = Ports.free();
        String away = IssuerServer.signed(IssuerServer.claimsOf(IssuerServer.url(port), name, "viewer").build());
        // Without the broker: a hub that comes and goes would have the shared one read its records again.
        try (var another = bed.startHub(Map.of("hub.oidc.issuer", IssuerServer.url(port), "hub.kafka.brokers", "127.0.0.1:9"))) {
            HubClient there = bed.client(another);
            HubClient.Reply reply = there.get("/api/arrows", away);
            assertProblem(reply, 503);
            assertThat(reply.json().get("type").asString()).endsWith(":issuer-unavailable");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
            assertThat(there.get("/api/stores/s1/orders?state=unaccepted", SharedHub.BARISTA).status()).isEqualTo(200);
            assertThat(there.get("/api/arrows", SharedHub.VIEWER).status()).isEqualTo(200);
            assertProblem(there.get("/api/arrows", "mistyped"), 401);

            try (IssuerServer back = new IssuerServer(port)) {
                await().untilAsserted(() ->
                        assertThat(there.get("/api/arrows", back.token(name, "viewer")).status()).isEqualTo(200));
            }
        }
    }

    @Test
    void noTokenIsEverLogged() {
        String good = issuer.token(name, "operator");
        String expired = issuer.sign(issuer.claims(name, "operator")
                .expirationTime(Date.from(Instant.now().minusSeconds(3600))).build());
        String forged = issuer.forged(issuer.claims(name, "operator").build());
        String broken = good.replaceFirst("\\.", ".{\"");
        String unknown = "unknown-" + UUID.randomUUID();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        List<Logger> loggers = List.of("hub", "routes", "ledger", "contract", "org.springframework.security").stream()
                .map(logger -> (Logger) LoggerFactory.getLogger(logger)).toList();
        Map<Logger, Level> before = new LinkedHashMap<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        loggers.forEach(logger -> {
            before.put(logger, logger.getLevel());
            logger.setLevel(Level.DEBUG);
        });
        try {
            for (String token : List.of(good, expired, forged, broken, unknown, SharedHub.OPERATOR, SharedHub.SHOP)) {
                StrangerClient stranger = new StrangerClient(hub);
                for (String authorization : List.of("Bearer " + token, "bearer  " + token, "Basic " + token, token,
                        "Bearer x " + token)) {
                    Map<String, String> headers = StrangerClient.with(StrangerClient.JSON, "Authorization", authorization);
                    stranger.send("POST", "/api/parked/replay", "{".getBytes(StandardCharsets.UTF_8), headers);
                    stranger.send("GET", "/api/arrows", null, headers);
                }
                stranger.send("POST", "/api/parked/dismiss?access_token=" + token.replaceAll("[{\"]", ""), new byte[0],
                        Map.of());
                stranger.send("GET", "/api/audit?who=x&token=" + token.replaceAll("[{\"]", ""), null, Map.of());
                stranger.send("POST", "/api/parked/replay", token.getBytes(StandardCharsets.UTF_8),
                        StrangerClient.json(token));
            }
        } finally {
            before.forEach(Logger::setLevel);
            root.detachAppender(log);
        }
        List<String> lines = List.copyOf(log.list).stream().map(PeopleIT::text).toList();
        assertThat(lines).as("what is looked through").anyMatch(line -> line.contains("/api/parked/replay")
                && line.contains("was refused, 401"));
        for (String token : List.of(good, expired, forged, broken, unknown, SharedHub.OPERATOR, SharedHub.SHOP)) {
            for (String part : token.contains(".") ? token.split("\\.") : new String[] {token}) {
                assertThat(lines).as(part).noneMatch(line -> line.contains(part));
            }
        }
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage() + (event.getThrowableProxy() == null ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    private double refused(String reason) {
        return bed.hub().getBean(io.micrometer.core.instrument.MeterRegistry.class)
                .get("hub.requests.refused").tag("reason", reason).counter().count();
    }

    private List<String> audit(String query) {
        return page(query).get("lines").valueStream().map(line -> line.get("act").asString() + " "
                + line.get("subject").asString() + " " + line.get("detail").asString()).toList();
    }

    private JsonNode page(String query) {
        HubClient.Reply reply = hub.get("/api/audit?" + query, SharedHub.OPERATOR);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
