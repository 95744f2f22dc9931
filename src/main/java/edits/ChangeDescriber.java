package edits;

import edits.rules.RouteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** A change of a route, in words. */
final class ChangeDescriber {

    /** A group that has read nothing of a topic begins with its oldest message. */
    private static final String AGAIN = ": it reads again all messages that are kept there, seven days of them in topics "
            + "that the hub has created; each that had its effect before is recorded as a duplicate or stale";

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("every", "will tick every %s instead of every %s"),
            Map.entry("cron", "will tick at %s instead of %s"),
            Map.entry("age", "will ask after a silence of %s instead of %s"),
            Map.entry("lease", "will keep what it has in hand from other hubs for %s instead of %s"),
            Map.entry("backoff", "will pause for %s instead of %s after a question in vain"),
            Map.entry("backoffMost", "will pause for %s instead of %s at most"),
            Map.entry("batch", "will take %s instead of %s orders at a time"),
            Map.entry("rate", "will take %s instead of %s orders at most"),
            Map.entry("after", "will start %s instead of %s after the change"),
            Map.entry("timeout", "will wait %s instead of %s for an answer"),
            Map.entry("retries", "will try again %s instead of %s times"),
            Map.entry("store", "will be for the stores %s instead of %s"),
            Map.entry("exceptStore", "will leave out the stores %s instead of %s; what is on its way for "
                    + "them goes on where they go then"),
            Map.entry("groupId", "will read as the group %s instead of %s" + AGAIN),
            Map.entry("brokers", "will use the brokers %s instead of %s"));

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
                    + (topics && now.kind().equals("from") ? AGAIN : "")
                    + (now.scheme().equals("rest") ? ", which only a deployer's credential opens" : ""));
        }
        TreeSet<String> names = new TreeSet<>(then.parameters().keySet());
        names.addAll(now.parameters().keySet());
        names.forEach(name -> option(name, then.parameters().get(name), now.parameters().get(name)));
    }

    private void option(String name, Object then, Object now) {
        if (!Objects.equals(then, now)) {
            sentences.add(route + String.format(OPTIONS.getOrDefault(name, "has " + name + " %s instead of %s"),
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
