package it.page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/live}. */
class LiveIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();

    @Test
    void whoLooksSeesAnOrderPassAndWhatItIsOwed() throws Exception {
        try (InputStream stream = lookWhenThereIsRoom()) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            long before = arrow(next(lines, update -> true), "payment-callback").get("pushed").asLong();
            OrderLife.paid(bed, Kind.PICKUP);
            JsonNode seen = next(lines, update -> arrow(update, "payment-callback").get("pushed").asLong() > before
                    && !update.get("ledgerAt").isNull() && arrow(update, "push-order").get("owed").asLong() > 0
                    && arrow(update, "payment-callback").get("perSecond").asDouble() > 0);
            assertThat(arrow(seen, "payment-callback").get("p99Millis").asDouble()).isPositive();
            assertThat(seen.at("/totals/inFlight").asLong()).isPositive();
        }
    }

    @Test
    void onlyWhoMaySeeTheFiguresIsToldThem() {
        assertThat(hub.get("/api/live", null).status()).isEqualTo(401);
        assertThat(hub.get("/api/live", "unknown").status()).isEqualTo(401);
        assertThat(hub.get("/api/live", SharedHub.SHOP).status()).isEqualTo(403);
    }

    @Test
    void oneTooManyIsToldToComeBackAndGetsInWhenAnotherHasGone() throws Exception {
        List<InputStream> watchers = new ArrayList<>();
        try {
            HttpResponse<InputStream> last = look(SharedHub.VIEWER);
            for (int person = 0; person < 8 && last.statusCode() != 503; person++) {
                String token = bed.issuer().token("looks-" + UUID.randomUUID(), "viewer");
                while (last.statusCode() == 200 && watchers.size() < 70) {
                    watchers.add(last.body());
                    last = look(token);
                }
                if (last.statusCode() == 429) {
                    last = look(bed.issuer().token("looks-" + UUID.randomUUID(), "viewer"));
                }
            }
            assertThat(last.statusCode()).isEqualTo(503);
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            assertThat(watchers.size()).isGreaterThan(30);
            next(new BufferedReader(new InputStreamReader(watchers.get(watchers.size() - 1), StandardCharsets.UTF_8)),
                    update -> true);
        } finally {
            for (InputStream watcher : watchers) {
                watcher.close();
            }
        }
        lookWhenThereIsRoom().close();
    }

    @Test
    void oneCredentialLeavesRoomForOthers() throws Exception {
        String curious = bed.issuer().token("curious-" + UUID.randomUUID(), "viewer");
        List<InputStream> watchers = new ArrayList<>();
        try {
            HttpResponse<InputStream> last = look(curious);
            while (last.statusCode() == 200 && watchers.size() < 70) {
                watchers.add(last.body());
                last = look(curious);
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            // A stream that the hub ends meanwhile, as on a busy machine, gives its place back.
            assertThat(watchers).hasSizeBetween(16, 32);
            lookWhenThereIsRoom().close();
        } finally {
            for (InputStream watcher : watchers) {
                watcher.close();
            }
        }
    }

    /** Who has gone is missed at the next update. */
    private InputStream lookWhenThereIsRoom() {
        return Awaitility.await().until(() -> look(SharedHub.VIEWER), answer -> answer.statusCode() == 200).body();
    }

    private HttpResponse<InputStream> look(String token) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(hub.url() + "/api/live"))
                .header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static JsonNode next(BufferedReader lines, Predicate<JsonNode> fits) throws IOException {
        for (int updates = 0; updates < 60;) {
            String line = lines.readLine();
            assertThat(line).as("the stream goes on").isNotNull();
            if (line.startsWith("data: ")) {
                updates++;
                JsonNode update = JsonMapper.shared().readTree(line.substring(6));
                if (fits.test(update)) {
                    return update;
                }
            }
        }
        throw new AssertionError("not among sixty updates");
    }

    private static JsonNode arrow(JsonNode update, String id) {
        for (JsonNode arrow : update.get("arrows")) {
            if (arrow.get("id").asString().equals(id)) {
                return arrow;
            }
        }
        throw new AssertionError("no arrow " + id);
    }
}
