package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * One route of {@code routes.yaml}, edited in a hub that runs, by its text, as ops edit it. What was shipped is back
 * when this is closed.
 */
public final class RouteEdit implements AutoCloseable {

    private final CamelContext camel;
    private final String id;
    private String text;

    private RouteEdit(CamelContext camel, String id) {
        this.camel = camel;
        this.id = id;
        this.text = ShippedRoutes.text(id);
    }

    public static RouteEdit of(String id, CamelContext camel) {
        return new RouteEdit(camel, id);
    }

    /** Puts one word of the route's text in place of another, wherever it stands there, and nothing else. */
    public RouteEdit replacing(String shipped, String edited) {
        assertThat(text).as("the text of " + id).contains(shipped);
        text = text.replace(shipped, edited);
        return this;
    }

    /** Swaps the edited route in. */
    public RouteEdit deploy() {
        swapIn(text);
        return this;
    }

    @Override
    public void close() {
        swapIn(ShippedRoutes.text(id));
    }

    private void swapIn(String routes) {
        try {
            if (camel.getRoute(id) != null) {
                camel.getRouteController().stopRoute(id);
                assertThat(camel.removeRoute(id)).as("route " + id + " was removed").isTrue();
            }
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("edited.yaml", routes));
        } catch (Exception e) {
            throw new AssertionError("route " + id + " could not be swapped in:\n" + routes, e);
        }
    }
}
