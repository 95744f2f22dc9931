package edits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** What Camel's own tools write of a route file is a route file that means the same. */
class RoundTripTest {

    @Test
    void theShippedRoutesReadAndWrittenByCamelMeanTheSame() throws Exception {
        RouteFile shipped = Proposal.shipped().get(0);
        String dumped;
        // Not started, so that it only reads.
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("routes.yaml", shipped.text()));
            RoutesDefinition routes = new RoutesDefinition();
            routes.setRoutes(camel.getRouteDefinitions());
            dumped = PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, routes, false, false, false, false);
        }

        List<RouteFile> again = List.of(new RouteFile("routes.yaml", dumped));
        assertThat(new Check(Edited.allowance()).check(again).findings().stream().map(Finding::inWords)).isEmpty();
        List<RouteSource> before = RouteSource.all(List.of(shipped));
        List<RouteSource> after = RouteSource.all(again);
        assertThat(after).extracting(RouteSource::id).isEqualTo(before.stream().map(RouteSource::id).toList());
        assertThat(after).extracting(RouteSource::description).isEqualTo(before.stream().map(RouteSource::description).toList());
        assertThat(after).extracting(RouteSource::group).isEqualTo(before.stream().map(RouteSource::group).toList());
        assertThat(after).extracting(RouteSource::from).isEqualTo(before.stream().map(RouteSource::from).toList());
        assertThat(after).extracting(RouteSource::steps).isEqualTo(before.stream().map(RouteSource::steps).toList());
    }
}
