package routes.figures;

import java.util.List;
import org.springframework.stereotype.Component;

/** The order of routes in the route files. Camel's own order changes when a route is exchanged. */
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
