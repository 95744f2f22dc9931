package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import edits.rules.EditedRoutes;
import edits.rules.RouteFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.SeparateHub;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** A hub that ops edit, one for all tests of edits. After each, its routes are as shipped. */
abstract class OpsFixture {

    static final String TOPIC = "lucky_order_to_barista_topic";

    static final SeparateHub alone = started();

    final HubClient hub = alone.client();

    private static SeparateHub started() {
        SeparateHub alone = new SeparateHub("edits", Map.of("camel.main.name", "edits", "hub.routes.look-every", "200ms",
                "hub.routes.hosts", "127.0.0.1", "hub.routes.brokers", "127.0.0.1,nowhere.invalid",
                "pull.unaccepted.every", "1s", "pull.unaccepted.age", "3s"));
        alone.barista.answers("/orders", NeighbourAnswers::ticketsMade);
        Runtime.getRuntime().addShutdownHook(new Thread(alone::close));
        return alone;
    }

    @AfterEach
    void asShipped() {
        alone.allIsWell();
        await().until(() -> revision(hub) == 0 && running(hub).get("trouble").isNull()
                || hub.post("/api/routes/revisions/0/rollback", SharedHub.DEPLOYER,
                        Json.write(Map.of("reason", "a test", "owed", "keep"))).status() == 200);
        for (JsonNode route : running(hub).get("routes")) {
            if (route.get("state").asString().equals("PAUSED")) {
                assertThat(act("/api/routes/" + route.get("id").asString() + "/resume").status()).isEqualTo(200);
            }
        }
    }

    long applied(EditedRoutes edited) {
        HubClient.Reply reply = apply(edited);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("revision").asLong();
    }

    HubClient.Reply apply(EditedRoutes edited) {
        return apply(hub, edited);
    }

    static HubClient.Reply apply(HubClient hub, EditedRoutes edited) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, edit(edited.files().get(0)));
    }

    HubClient.Reply apply(String name, String text) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, edit(new RouteFile(name, text)));
    }

    static byte[] edit(RouteFile file) {
        return Json.write(Map.of("files", List.of(file), "reason", "a test"));
    }

    HubClient.Reply act(String path) {
        return act(hub, path);
    }

    static HubClient.Reply act(HubClient hub, String path) {
        return hub.post(path, SharedHub.DEPLOYER, Json.write(Map.of("reason", "a test")));
    }

    static JsonNode running(HubClient hub) {
        return hub.get("/api/routes", SharedHub.VIEWER).json();
    }

    static long revision(HubClient hub) {
        return running(hub).get("revision").asLong();
    }

    static String shown(HubClient hub) {
        return hub.get("/api/routes/files", SharedHub.VIEWER).json().at("/files/0/text").asString();
    }

    static Map<String, String> states(HubClient hub) {
        Map<String, String> states = new TreeMap<>();
        running(hub).get("routes").forEach(route -> states.put(route.get("id").asString(), route.get("state").asString()));
        return states;
    }

    /** The very routes, by id. */
    static Map<String, Route> routes(ConfigurableApplicationContext hub) {
        Map<String, Route> all = new TreeMap<>();
        CamelContext camel = hub.getBean(CamelContext.class);
        hub.getBean(RevisionFollower.class).routes().forEach(route -> all.put(route.id(), camel.getRoute(route.id())));
        return all;
    }
}
