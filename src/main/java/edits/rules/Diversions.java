package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rule that each store's orders go to one system of each neighbour. A shipped arrow leaves a store out by
 * {@code exceptStore}, and an added arrow of the same shape takes it up by {@code store}. If the push alone were diverted,
 * the pull would still hand the store's orders over at the old address, and they would be made twice. So all arrows to a
 * neighbour leave a store out, or none does; and each of these arrows is taken up once.
 *
 * <p>An added arrow that only sends to Kafka may be a copy for another system. One that tells the ledger what it was answered
 * is never a copy.
 */
public final class Diversions {

    /** The shipped arrows from {@code ledger:} and {@code pull:}, by the neighbour that they go to, as 咖啡师. */
    private final Map<String, List<RouteSource>> shipped = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    public Diversions(Map<String, RouteSource> shipped) {
        shipped.values().stream().filter(route -> Set.of("ledger", "pull").contains(route.from().scheme())).forEach(route ->
                this.shipped.computeIfAbsent(lifeline(route), name -> new ArrayList<>()).add(route));
    }

    /** Ids of the shipped arrows, by neighbour. */
    public Map<String, List<String>> arrows() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        shipped.forEach((neighbour, arrows) -> ids.put(neighbour, arrows.stream().map(RouteSource::id).toList()));
        return ids;
    }

    /** @param routes those of all files, every shipped route among them */
    List<Finding> check(List<PlacedRoute> routes) {
        routes.stream().filter(placed -> names(placed.route(), "store").contains("{{")
                || names(placed.route(), "exceptStore").contains("{{")).forEach(placed ->
                findings.add(placed.where().finding(message("%s has its stores from a setting", placed.route().id()),
                        message("write their ids; hubs that are set differently would not agree on who serves a store"))));
        if (findings.isEmpty()) {
            shipped.forEach((neighbour, arrows) -> check(neighbour, arrows.stream().map(arrow ->
                    Arrow.of(arrow, routes)).toList()));
        }
        return findings;
    }

    private void check(String neighbour, List<Arrow> arrows) {
        Set<String> left = arrows.stream().flatMap(arrow -> arrow.left().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        arrows.forEach(arrow -> {
            all(arrow);
            arrow.like().forEach(added -> added(arrow, added, left));
        });
        left.forEach(store -> diverted(neighbour, arrows, store));
    }

    /** A shipped arrow must be for all stores but those that another arrow takes up. */
    private void all(Arrow arrow) {
        if (!stores(arrow.now().route(), "store").isEmpty()) {
            findings.add(arrow.now().where().finding(
                    message("%s is for the stores %s alone, and nothing would go out for all others", arrow.id(),
                            names(arrow.now().route(), "store")),
                    message("leave store out; exceptStore names those stores that an added route is for")));
        }
    }

    private void added(Arrow arrow, PlacedRoute added, Set<String> left) {
        Set<String> stores = served(added.route());
        String id = added.route().id();
        if (!arrow.tells() && stores.stream().noneMatch(left::contains)) {
            return;
        }
        if (!Guard.shape(added.route()).equals(Guard.shape(arrow.shipped()))) {
            findings.add(added.where().finding(
                    message("%s does what %s does, and begins otherwise: it is %s", id, arrow.id(),
                            Guard.difference(Guard.shape(arrow.shipped()), Guard.shape(added.route()))),
                    message("give it the parameters of %s, but for store", arrow.id())));
        } else if (stores.isEmpty()) {
            findings.add(added.where().finding(message("%s does what %s does, for the same stores", id, arrow.id()),
                    message("give it store: with those that %s leaves out by exceptStore", arrow.id())));
        } else if (arrow.tells()) {
            stores.stream().filter(store -> !left.contains(store)).forEach(store ->
                    findings.add(added.where().finding(message("%s is served by both %s and %s", store, arrow.id(), id),
                            message("give exceptStore: %s to all that goes to its neighbour, or take %s out", store, id))));
        }
    }

    private void diverted(String neighbour, List<Arrow> arrows, String store) {
        PlacedRoute first = arrows.stream().filter(arrow -> arrow.left().contains(store)).findFirst().orElseThrow().now();
        List<String> keep = arrows.stream().filter(arrow -> !arrow.left().contains(store)).map(Arrow::id).toList();
        List<String> lost = arrows.stream().filter(arrow -> arrow.takers(store).isEmpty()).map(Arrow::id).toList();
        if (!keep.isEmpty() || !lost.isEmpty()) {
            findings.add(first.where().finding(
                    message("%s is left out by %s, and not all that goes to %s goes to one place for it%s%s", store,
                            first.route().id(), neighbour,
                            keep.isEmpty() ? "" : message("; it is not left out by %s", String.join(", ", keep)),
                            lost.isEmpty() ? "" : message("; no added route takes up %s", String.join(", ", lost))),
                    message("%s%sor leave it out nowhere. Else its orders would be made twice, or not at all",
                            keep.isEmpty() ? "" : message("give exceptStore: %s to %s; ", store, String.join(", ", keep)),
                            lost.isEmpty() ? "" : message("add a route with store: %s as each of %s; ", store,
                                    String.join(", ", lost)))));
        }
        arrows.stream().filter(arrow -> arrow.takers(store).size() > 1).forEach(arrow ->
                findings.add(arrow.takers(store).get(1).where().finding(
                        message("%s is served by both %s and %s, which do what %s does", store,
                                arrow.takers(store).get(0).route().id(), arrow.takers(store).get(1).route().id(), arrow.id()),
                        message("leave it out of one of them; a copy is a wireTap: in the other"))));
    }

    /**
     * @param now  the shipped arrow as the files have it
     * @param like added arrows with its steps
     */
    private record Arrow(RouteSource shipped, PlacedRoute now, List<PlacedRoute> like) {

        static Arrow of(RouteSource shipped, List<PlacedRoute> routes) {
            return new Arrow(shipped,
                    routes.stream().filter(placed -> placed.route().id().equals(shipped.id())).findFirst().orElseThrow(),
                    routes.stream().filter(placed -> !placed.route().id().equals(shipped.id()) && Guard.openShape(
                            placed.route()).equals(Guard.openShape(shipped))).toList());
        }

        String id() {
            return shipped.id();
        }

        Set<String> left() {
            return stores(now.route(), "exceptStore");
        }

        List<PlacedRoute> takers(String store) {
            return like.stream().filter(added -> served(added.route()).contains(store)).toList();
        }

        boolean tells() {
            return shipped.steps().stream().anyMatch(step -> step.scheme().equals("ledger"));
        }
    }

    /** The stores that an added route names, without those that it leaves out. */
    private static Set<String> served(RouteSource route) {
        Set<String> stores = new TreeSet<>(stores(route, "store"));
        stores.removeAll(stores(route, "exceptStore"));
        return stores;
    }

    private static Set<String> stores(RouteSource route, String option) {
        return Arrays.stream(names(route, option).split(",")).filter(store -> !store.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String names(RouteSource route, String option) {
        return String.valueOf(route.from().parameters().getOrDefault(option, ""));
    }

    /** The neighbour where the arrow ends, read from its description. */
    private static String lifeline(RouteSource route) {
        return route.description().split(" ", 2)[0].split("→", 2)[1];
    }
}
