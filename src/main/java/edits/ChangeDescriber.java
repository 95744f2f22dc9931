package edits;

import edits.rules.RouteOptions;
import edits.rules.RouteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** A change of a route, in words. */
final class ChangeDescriber {

    private final List<String> sentences = new ArrayList<>();
    private final String route;

    private ChangeDescriber(String route) {
        this.route = "`" + route + "` ";
    }

    static List<String> of(RouteSource then, RouteSource now) {
        ChangeDescriber words = new ChangeDescriber(now.id());
        words.text("description", then.description(), now.description());
        words.text("group", then.group(), now.group());
        words.step(then.from(), now.from());
        words.steps(taps(then, false), taps(now, false));
        words.taps(taps(then, true), taps(now, true));
        return words.sentences.isEmpty() ? List.of(words.route + "is written differently") : words.sentences;
    }

    private static List<RouteSource.Step> taps(RouteSource route, boolean taps) {
        return route.steps().stream().filter(step -> step.kind().equals("wireTap") == taps).toList();
    }

    private void text(String what, String then, String now) {
        if (!then.equals(now)) {
            sentences.add(route + "has another " + what + ": " + now);
        }
    }

    private void steps(List<RouteSource.Step> then, List<RouteSource.Step> now) {
        if (then.size() != now.size()) {
            sentences.add(route + "has " + now.size() + " steps instead of " + then.size());
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            step(then.get(i), now.get(i));
        }
    }

    private void step(RouteSource.Step then, RouteSource.Step now) {
        if (!then.target().equals(now.target())) {
            boolean topics = then.scheme().equals("kafka") && now.scheme().equals("kafka");
            String verb = now.kind().equals("from") ? topics ? "will read " : "will begin with "
                    : topics ? "will send to " : now.scheme().equals("call") ? "will ask " : "goes to ";
            sentences.add(route + verb + address(now) + " instead of " + address(then)
                    + (topics && now.kind().equals("from") ? RouteOptions.READS_AGAIN : "")
                    + (now.scheme().equals("rest") ? ", which only a deployer's credential opens" : ""));
        }
        TreeSet<String> names = new TreeSet<>(then.parameters().keySet());
        names.addAll(now.parameters().keySet());
        names.forEach(name -> option(name, then.parameters().get(name), now.parameters().get(name)));
    }

    private void option(String name, Object then, Object now) {
        if (!Objects.equals(then, now)) {
            sentences.add(route + String.format(RouteOptions.sentence(name),
                    now == null ? "the default" : now, then == null ? "the default" : then));
        }
    }

    private void taps(List<RouteSource.Step> then, List<RouteSource.Step> now) {
        now.stream().filter(tap -> !then.contains(tap)).forEach(tap ->
                sentences.add(route + "will be tapped to " + address(tap)));
        then.stream().filter(tap -> !now.contains(tap)).forEach(tap ->
                sentences.add(route + "will no longer be tapped to " + address(tap)));
    }

    private static String address(RouteSource.Step step) {
        return step.scheme().equals("kafka") || step.scheme().equals("call") ? step.path() : step.target();
    }
}
