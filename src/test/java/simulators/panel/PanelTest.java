package simulators.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.balance.BalanceTally;
import simulators.barista.Barista;
import simulators.dispatch.Dispatch;
import simulators.faults.Channel;
import simulators.faults.Faults;
import simulators.faults.Rule;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.shop.Shop;
import simulators.shop.ShopSettings;
import simulators.wire.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a click on the panel does, and what it counts. */
class PanelTest {

    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final Clock clock = Clock.systemUTC();
    private final Faults payment = faults(Channel.HTTP_IN, Channel.CALLBACKS);
    private final Faults barista = faults(Channel.HTTP_IN, Barista.ORDERS_IN, Barista.CANCELS_IN, Barista.ORDERS_PULLED,
            Channel.EVENTS_OUT);
    private final Faults dispatch = faults(Channel.HTTP_IN, Dispatch.CHANGES_IN, Channel.EVENTS_OUT);
    private final BalanceTally tally = new BalanceTally();
    private final FaultsAndRepairs repairs = new FaultsAndRepairs();
    private final List<Boolean> cuts = new ArrayList<>();
    private final Panel panel = new Panel();
    private final HttpClient client = HttpClient.newHttpClient();
    private Shop shop;

    private Faults faults(Channel... channels) {
        return new Faults(1, List.of(channels), List.of(), entry -> { }, clock);
    }

    @BeforeEach
    void open() {
        URI nobody = URI.create("http://127.0.0.1:1");
        shop = new Shop(ShopSettings.of(Place.of(directory.resolve("shop.jsonl"), 1), nobody, "token", nobody, 0));
        FaultSwitch cut = new FaultSwitch("broker-cut", "broker", "cut", "断开", () -> cuts.size() % 2 == 1, cuts::add);
        panel.show(new PanelModel(List.of(cut), new FaultSwitches(payment, barista, dispatch), shop, tally, repairs, BOUND,
                clock));
    }

    @AfterEach
    void close() {
        panel.close();
        shop.close();
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(panel.url().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode put(String path, String body) throws Exception {
        HttpResponse<String> answer = send("PUT", path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode state() throws Exception {
        return JsonMapper.shared().readTree(send("GET", "/demo/state", null, "").body());
    }

    private static boolean isOn(JsonNode state, String id) {
        return state.get("switches").valueStream().filter(one -> one.get("id").asString().equals(id)).findFirst()
                .orElseThrow().get("on").asBoolean();
    }

    private void see(Instant at, What what, String orderId, String... detail) {
        Map<String, String> details = detail.length == 0 ? Map.of() : Map.of(detail[0], detail[1]);
        Entry entry = Entry.of(at, what, orderId).withDetail(details);
        tally.see(entry);
        repairs.see(entry);
    }

    private void acknowledged(String orderId, Instant at) {
        see(at, What.PAYMENT_TAKEN, orderId);
        see(at, What.CALLBACK_ACKNOWLEDGED, orderId);
    }

    @Test
    void aClickBreaksTheNeighbourAndAnotherMendsItAndLeavesOtherFaultsAlone() throws Exception {
        Rule own = Rule.parse("delay=0.1@orders-in:1s");
        barista.set(List.of(own));

        assertThat(isOn(put("/demo/switches", "{\"id\":\"orders-lost\",\"on\":true}"), "orders-lost")).isTrue();
        assertThat(barista.rules()).containsExactlyInAnyOrder(own, Rule.parse("lose=0.5@orders-in"));

        assertThat(isOn(put("/demo/switches", "{\"id\":\"orders-lost\",\"on\":false}"), "orders-lost")).isFalse();
        assertThat(barista.rules()).containsExactly(own);
    }

    @Test
    void whatIsBrokenByAnotherHandShowsAndAllIsMendedAtOnce() throws Exception {
        dispatch.set(List.of(Rule.parse("down=1")));
        put("/demo/switches", "{\"id\":\"broker-cut\",\"on\":true}");
        assertThat(isOn(state(), "dispatch-down")).isTrue();

        put("/demo/mended", "{}");
        assertThat(dispatch.rules()).isEmpty();
        assertThat(cuts).containsExactly(true, false);
        assertThat(state().get("switches").valueStream()).noneMatch(one -> one.get("on").asBoolean());
    }

    @Test
    void eachSwitchCanBeSetAndHasANameOfItsOwnInBothLanguages() throws Exception {
        Set<String> names = new HashSet<>();
        for (JsonNode one : state().get("switches")) {
            String id = one.get("id").asString();
            assertThat(isOn(put("/demo/switches", "{\"id\":\"" + id + "\",\"on\":true}"), id)).as(id).isTrue();
            assertThat(names.add(one.get("en").asString() + one.get("side").asString())).as(id).isTrue();
            assertThat(one.get("zh").asString()).as(id).containsPattern("\\p{IsHan}");
        }
        assertThat(names).hasSizeGreaterThan(10);
    }

    @Test
    void theSliderSetsTheShopsPaceWithinItsBounds() throws Exception {
        assertThat(put("/demo/load", "{\"rate\":7}").get("rate").asDouble()).isEqualTo(7);
        assertThat(shop.rate()).isEqualTo(7);
        assertThat(send("PUT", "/demo/load", "application/json", "{\"rate\":201}")).satisfies(refused -> {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("0 to 200");
        });
        assertThat(shop.rate()).isEqualTo(7);
    }

    @Test
    void anAcknowledgedOrderWaitsUntilTheBoundAndIsLostAfterIt() throws Exception {
        Instant now = clock.instant();
        acknowledged("fresh", now);
        acknowledged("old", now.minus(BOUND).minusSeconds(60));
        // The panel is younger than the old one's last word, so its time begins with the panel's.
        JsonNode count = state().get("count");
        assertThat(count.get("acknowledged").asInt()).isEqualTo(2);
        assertThat(count.get("waiting").asInt()).isEqualTo(2);
        assertThat(count.get("lost").asInt()).isZero();

        assertThat(tally.running(BOUND, now.minus(BOUND).minusSeconds(60), now)).satisfies(later -> {
            assertThat(later.waiting()).isEqualTo(1);
            assertThat(later.lost()).isEqualTo(1);
            assertThat(later.someLost()).containsExactly("old");
        });
        assertThat(tally.running(BOUND, null, now).lost()).as("a neighbour can't be reached").isZero();

        see(now, What.TICKET_CREATED, "old", "way", "pull");
        assertThat(tally.running(BOUND, now.minus(BOUND).minusSeconds(60), now)).satisfies(mended -> {
            assertThat(mended.lost()).isZero();
            assertThat(mended.underWay()).isEqualTo(1);
        });
    }

    @Test
    void settledAndDoubledAndWhatThePullsRepairedAreCounted() throws Exception {
        Instant now = clock.instant();
        for (String id : List.of("once", "twice")) {
            acknowledged(id, now);
            see(now, What.FAULT, id, "fault", "lose");
            see(now, What.TICKET_CREATED, id, "way", "pull");
            see(now, What.MADE, id);
        }
        see(now, What.TICKET_CREATED, "twice", "way", "push");

        JsonNode state = state();
        assertThat(state.get("count").get("settled").asInt()).isEqualTo(2);
        assertThat(state.get("count").get("doubled").asInt()).isEqualTo(1);
        assertThat(state.get("count").get("someDoubled").toString()).isEqualTo("[\"twice\"]");
        assertThat(state.get("repairs").get("tickets").asInt()).isEqualTo(2);
        assertThat(state.get("repairs").get("struck").get("lose").asInt()).isEqualTo(2);
    }

    @Test
    void whileANeighbourIsDownNothingCountsAsLost() throws Exception {
        assertThat(state().get("stopped").asBoolean()).isFalse();
        put("/demo/switches", "{\"id\":\"orders-lost\",\"on\":true}");
        assertThat(state().get("stopped").asBoolean()).as("the pulls get through").isFalse();
        put("/demo/switches", "{\"id\":\"dispatch-down\",\"on\":true}");
        assertThat(state().get("stopped").asBoolean()).isTrue();
    }

    @Test
    void aForeignPageCanBreakNothingAndThePagesOwnTextMayDoNothingForeign() throws Exception {
        for (String type : new String[] {null, "text/plain", "application/x-www-form-urlencoded"}) {
            assertThat(send("PUT", "/demo/switches", type, "{\"id\":\"dispatch-down\",\"on\":true}").statusCode())
                    .isEqualTo(400);
        }
        assertThat(dispatch.rules()).isEmpty();
        for (String path : List.of("/demo", "/demo/page.js", "/demo/panel.js", "/demo/panel.css")) {
            HttpResponse<String> file = send("GET", path, null, "");
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Security-Policy").orElse("")).as(path)
                    .contains("default-src 'none'").doesNotContain("unsafe");
            assertThat(file.body()).as(path).doesNotContain("http://", "https://", "innerHTML", " style=", " onclick");
        }
        assertThat(send("GET", "/demo/../demo/Panel.class", null, "").statusCode()).isEqualTo(404);
    }
}
