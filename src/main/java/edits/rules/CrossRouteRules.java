package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules that look at all routes together, in whichever files they stand: ids, paths, topics and groups of their own. */
final class CrossRouteRules {

    private final Map<String, RouteSource> shipped;
    private final ReservedPaths entries;
    private final List<Finding> findings = new ArrayList<>();

    CrossRouteRules(Map<String, RouteSource> shipped, ReservedPaths entries) {
        this.shipped = shipped;
        this.entries = entries;
    }

    List<Finding> check(List<PlacedRoute> routes) {
        once(routes, RouteSource::id, message("the id"), message("give this one an id of its own"));
        once(routes, route -> route.from().parameters().get("groupId") instanceof String group ? group : null,
                message("the groupId"), message("give this one a groupId of its own, or each would get a part of the messages"));
        once(routes, route -> route.from().scheme().equals("rest") ? route.from().path() : null, message("the path"),
                message("give this one a path of its own"));
        routes.forEach(placed -> {
            RouteSource route = placed.route();
            RouteSource original = shipped.get(route.id());
            if (route.from().scheme().equals("rest") && entries.isTaken(route.from().path(),
                    original == null ? "" : original.from().path())) {
                findings.add(placed.where().finding(message("the path of %s is one of the hub's own", route.id()),
                        message("give it a path that /api/openapi.yaml doesn't have")));
            }
        });
        circles(routes);
        return findings;
    }

    /** A topic that the hub writes and reads would make each message go round for ever, or be parked. */
    private void circles(List<PlacedRoute> routes) {
        Set<String> read = routes.stream().map(placed -> placed.route().from()).filter(from -> from.scheme().equals("kafka"))
                .map(RouteSource.Step::path).collect(Collectors.toSet());
        routes.forEach(placed -> placed.route().steps().stream()
                .filter(step -> step.scheme().equals("kafka") && read.contains(step.path()))
                .forEach(step -> findings.add(placed.where().finding(
                        message("%s writes to %s, which the hub reads itself", placed.route().id(), step.path()),
                        message("name another topic")))));
    }

    private interface Aspect {
        String of(RouteSource route);
    }

    private void once(List<PlacedRoute> routes, Aspect aspect, LocalizedMessage what, LocalizedMessage change) {
        Map<String, RouteSource> first = new HashMap<>();
        routes.forEach(placed -> {
            RouteSource route = placed.route();
            String value = aspect.of(route);
            RouteSource other = value == null ? null : first.putIfAbsent(value, route);
            if (other != null) {
                findings.add(placed.where().finding(
                        message("%s %s is taken by %s in %s", what, value, other.id(), other.file()), change));
            }
        });
    }
}
