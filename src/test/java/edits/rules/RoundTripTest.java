package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import edits.Proposal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** What Camel reads of a route file, and writes again, means the same. */
class RoundTripTest {

    @Test
    void theShippedRoutesReadAndWrittenByCamelMeanTheSame() throws Exception {
        RouteFile shipped = Proposal.shipped().get(0);
        String written;
        // Not started, so that it only reads.
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("routes.yaml", shipped.text()));
            RoutesDefinition routes = new RoutesDefinition();
            routes.setRoutes(camel.getRouteDefinitions());
            written = PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, routes, false, true, false, false);
        }

        assertThat(meaning(new RouteFile("routes.yaml", written))).isEqualTo(meaning(shipped)).hasSizeGreaterThan(20);
    }

    private record Meaning(String id, String group, String description, List<RouteSource.Step> steps) {
    }

    private static List<Meaning> meaning(RouteFile file) {
        return RouteSource.all(List.of(file)).stream().map(route -> new Meaning(route.id(), route.group(),
                route.description(), Stream.concat(Stream.of(route.from()), route.steps().stream())
                .map(RoundTripTest::plain).toList())).toList();
    }

    /** Camel, which has no catalogue of our components, writes their options into the uri. */
    private static RouteSource.Step plain(RouteSource.Step step) {
        String[] parts = step.target().split("\\?", 2);
        Map<String, Object> parameters = new HashMap<>(step.parameters());
        if (parts.length > 1) {
            Stream.of(parts[1].split("&")).map(option -> option.split("=", 2))
                    .forEach(option -> parameters.put(option[0], option[1]));
        }
        return new RouteSource.Step(step.kind(), parts[0], parameters);
    }
}
