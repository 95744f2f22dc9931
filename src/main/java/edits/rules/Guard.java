package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the arrows on which the hub's promises stand. Each shipped route has to stay, with what it begins with, its
 * processors and what it tells the ledger, in their order. It may be tuned, have another topic or address, be tapped and be
 * paused. An added arrow has to have the shape of a shipped one, so that it keeps the same promises.
 */
public final class Guard {

    /** A shape that an added arrow may have and no shipped route has: see {@code examples/loyalty}. */
    private static final String ADDED = """
            - route:
                id: added
                from:
                  uri: guaranteed:settled
                  steps:
                    - process: {ref: settledOrders}
                    - to: {uri: 'call:{{added.url}}/points'}
                    - to: {uri: ledger:acknowledged}
            """;

    /** What an added arrow may begin with. An added entry over HTTP would need Java of its own. */
    private static final Set<String> ADDABLE = Set.of("ledger", "kafka", "guaranteed", "pull");

    private final Map<String, RouteSource> shipped = new LinkedHashMap<>();
    private final Set<String> processors = new TreeSet<>();
    private final Set<List<String>> shapes;

    private Guard() {
        List<RouteSource> patterns = new ArrayList<>(routes(shippedFile()));
        patterns.forEach(route -> shipped.put(route.id(), route));
        patterns.addAll(routes(new RouteFile("added.yaml", ADDED)));
        patterns.forEach(route -> route.steps().stream().filter(step -> step.kind().equals("process"))
                .forEach(step -> processors.add(step.target())));
        shapes = patterns.stream().filter(route -> ADDABLE.contains(route.from().scheme())).map(Guard::openShape)
                .collect(Collectors.toSet());
    }

    public static Guard ofShippedRoutes() {
        return new Guard();
    }

    /** {@code routes.yaml} as it is in the hub's jar. */
    public static RouteFile shippedFile() {
        try (InputStream file = Guard.class.getResourceAsStream("/routes.yaml")) {
            return new RouteFile("routes.yaml", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> processors() {
        return processors;
    }

    /** The shipped routes by id. */
    public Map<String, RouteSource> shipped() {
        return shipped;
    }

    /** @param routes those of all files */
    List<Finding> check(List<PlacedRoute> routes, List<RouteFile> files) {
        List<Finding> findings = new ArrayList<>();
        Set<String> ids = routes.stream().map(placed -> placed.route().id()).collect(Collectors.toSet());
        String home = files.stream().map(RouteFile::name).filter("routes.yaml"::equals).findFirst()
                .orElse(files.isEmpty() ? "routes.yaml" : files.get(0).name());
        shipped.keySet().stream().filter(id -> !ids.contains(id)).forEach(id -> findings.add(Finding.ofFile(home,
                message("the route %s is missing", id),
                message("put it back; the hub's promises stand on it. ./hub routes pause %s pauses it", id))));
        routes.forEach(placed -> {
            RouteSource route = placed.route();
            YamlValue where = placed.where();
            if (shipped.containsKey(route.id())) {
                kept(route, shipped.get(route.id()), where, findings);
            } else if (!shapes.contains(openShape(route))) {
                findings.add(where.finding(
                        message("no shipped route has the shape of %s: %s", route.id(), String.join(", ", openShape(route))),
                        message("take the steps of one that is shipped, as push-order, making-started or the one of "
                                + "examples/loyalty, in their order")));
            }
        });
        return findings;
    }

    private static void kept(RouteSource route, RouteSource original, YamlValue where, List<Finding> findings) {
        List<String> now = shape(route);
        List<String> then = shape(original);
        if (!now.equals(then)) {
            findings.add(where.finding(
                    message("%s is no longer the arrow that the hub's promises stand on: it is %s", route.id(),
                            difference(then, now)),
                    message("keep what it begins with, its processors and what it tells the ledger, in their order; change "
                            + "intervals, time-outs, topics and addresses, and add wireTap: as you like")));
        }
    }

    static LocalizedMessage difference(List<String> then, List<String> now) {
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            Object was = i < then.size() ? then.get(i) : message("at its end");
            Object is = i < now.size() ? now.get(i) : message("at its end");
            if (!was.equals(is)) {
                return message("'%s' where it was '%s'", is, was);
            }
        }
        return message("the same");
    }

    /** The parts of a shipped arrow that have to stay. */
    static List<String> shape(RouteSource route) {
        RouteSource.Step from = route.from();
        String begins = switch (from.scheme()) {
            case "kafka" -> "from kafka";
            case "rest" -> "from rest:" + from.path().split(":")[0] + braces(from.path());
            default -> "from " + from.target();
        };
        return Stream.concat(Stream.of(begins + meant(from)), steps(route)).toList();
    }

    /** The parts that an added arrow has to share with a shipped one; it may be for other orders. */
    static List<String> openShape(RouteSource route) {
        RouteSource.Step from = route.from();
        String begins = from.scheme().equals("kafka") ? "from kafka" : "from " + from.target();
        return Stream.concat(Stream.of(begins), steps(route)).toList();
    }

    private static Stream<String> steps(RouteSource route) {
        return route.steps().stream().filter(step -> !step.kind().equals("wireTap")).map(step -> step.kind() + " "
                + (Set.of("kafka", "call").contains(step.scheme()) && step.kind().equals("to") ? step.scheme()
                : step.target()) + meant(step));
    }

    /** The parameters of a step that have to be as shipped. */
    private static String meant(RouteSource.Step step) {
        Map<String, Object> meant = new TreeMap<>(step.parameters());
        meant.keySet().removeIf(RouteOptions::mayDiffer);
        return meant.isEmpty() ? "" : " " + meant;
    }

    private static String braces(String path) {
        return Stream.of(path.split("/")).filter(part -> part.startsWith("{")).collect(Collectors.joining(" ", " ", ""))
                .stripTrailing();
    }

    private static List<RouteSource> routes(RouteFile file) {
        return RouteSource.all(List.of(file));
    }
}
