package routes.figures;

import java.util.List;
import org.springframework.stereotype.Component;

/** The order in which the route files name their routes. Camel's own changes when a route is exchanged for another. */
@Component
public class RouteOrder {

    private volatile List<String> ids = List.of();

    public void is(List<String> newIds) {
        ids = List.copyOf(newIds);
    }

    List<String> ids() {
        return ids;
    }
}
