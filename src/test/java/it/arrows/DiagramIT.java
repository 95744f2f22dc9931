package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import testbed.Diagram;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The deployed routes, as the running hub shows them, against the diagram: no arrow is missing, none is extra. */
class DiagramIT {

    private final Diagram diagram = Diagram.stated();
    private final Map<String, JsonNode> deployed = deployed();

    @Test
    void everyArrowBetweenTwoSystemsHasItsRoute() {
        assertThat(deployed.keySet()).containsAll(diagram.routes());
    }

    @Test
    void everyRouteThatIsAnArrowStandsInTheDiagram() {
        assertThat(diagram.routes()).as("see diagram/arrows.yaml").containsAll(deployed.keySet());
    }

    @Test
    void everyRouteJoinsTheLifelinesOfItsArrowInItsGroup() {
        SoftAssertions all = new SoftAssertions();
        for (Diagram.Arrow arrow : diagram.arrows()) {
            for (String id : arrow.routes()) {
                JsonNode route = deployed.getOrDefault(id, MissingNode.getInstance());
                all.assertThat(route.path("from").asString()).as(id + " from").isEqualTo(arrow.from());
                all.assertThat(route.path("to").asString()).as(id + " to").isEqualTo(arrow.to());
                all.assertThat(route.path("group").asString()).as(id + " group").isEqualTo(arrow.group());
                all.assertThat(route.path("description").asString()).as(id + " description")
                        .startsWith(arrow.from() + "→" + arrow.to() + " ");
            }
        }
        all.assertAll();
    }

    @Test
    void everyRouteSpeaksTheWayOfItsArrowAndOnTheTopicThatTheDiagramNames() {
        SoftAssertions all = new SoftAssertions();
        for (Diagram.Arrow arrow : diagram.arrows()) {
            for (String id : arrow.routes()) {
                JsonNode route = deployed.getOrDefault(id, MissingNode.getInstance());
                all.assertThat(route.path("way").asString()).as(id + " way").isEqualTo(arrow.way());
                if (arrow.topic() != null) {
                    all.assertThat(route.path("endpoint").asString()).as(id + " endpoint")
                            .isEqualTo("kafka:" + arrow.topic());
                }
            }
        }
        all.assertAll();
    }

    private static Map<String, JsonNode> deployed() {
        Map<String, JsonNode> routes = new LinkedHashMap<>();
        SharedHub.shared().client().get("/api/arrows", SharedHub.OPERATOR).json().get("arrows").forEach(arrow ->
                assertThat(routes.put(arrow.get("id").asString(), arrow)).as("ids are unique").isNull());
        return routes;
    }
}
