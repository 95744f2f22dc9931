package edits;

import static edits.rules.LocalizedMessage.message;

import edits.rules.LocalizedMessage;
import edits.rules.RouteOptions;
import edits.rules.RouteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Describes a change of a route in sentences for people. */
final class ChangeDescriber {

    private final List<LocalizedMessage> sentences = new ArrayList<>();
    private final String route;

    private ChangeDescriber(String route) {
        this.route = route;
    }

    static List<LocalizedMessage> of(RouteSource then, RouteSource now) {
        ChangeDescriber words = new ChangeDescriber(now.id());
        if (!then.description().equals(now.description())) {
            words.add(message("has another description: %s", now.description()));
        }
        if (!then.group().equals(now.group())) {
            words.add(message("has another group: %s", now.group()));
        }
        words.step(then.from(), now.from());
        words.steps(taps(then, false), taps(now, false));
        words.taps(taps(then, true), taps(now, true));
        if (words.sentences.isEmpty()) {
            words.add(message("is written differently"));
        }
        return words.sentences;
    }

    private void add(LocalizedMessage what) {
        sentences.add(message("`%s` %s", route, what));
    }

    private static List<RouteSource.Step> taps(RouteSource route, boolean taps) {
        return route.steps().stream().filter(step -> step.kind().equals("wireTap") == taps).toList();
    }

    private void steps(List<RouteSource.Step> then, List<RouteSource.Step> now) {
        if (then.size() != now.size()) {
            add(message("has %s steps instead of %s", now.size(), then.size()));
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            step(then.get(i), now.get(i));
        }
    }

    private void step(RouteSource.Step then, RouteSource.Step now) {
        if (!then.target().equals(now.target())) {
            LocalizedMessage moved = now.kind().equals("from") ? begin(then, now) : goOn(then, now);
            add(now.scheme().equals("rest") ? message("%s, which only a deployer's credential opens", moved) : moved);
        }
        TreeSet<String> names = new TreeSet<>(then.parameters().keySet());
        names.addAll(now.parameters().keySet());
        names.forEach(name -> option(name, then.parameters().get(name), now.parameters().get(name)));
    }

    private static LocalizedMessage begin(RouteSource.Step then, RouteSource.Step now) {
        return isTopic(then) && isTopic(now)
                ? message("will read %s instead of %s" + RouteOptions.READS_AGAIN, address(now), address(then))
                : message("will begin with %s instead of %s", address(now), address(then));
    }

    private static LocalizedMessage goOn(RouteSource.Step then, RouteSource.Step now) {
        if (isTopic(then) && isTopic(now)) {
            return message("will send to %s instead of %s", address(now), address(then));
        }
        return now.scheme().equals("call") ? message("will ask %s instead of %s", address(now), address(then))
                : message("goes to %s instead of %s", address(now), address(then));
    }

    private static boolean isTopic(RouteSource.Step step) {
        return step.scheme().equals("kafka");
    }

    private void option(String name, Object then, Object now) {
        if (!Objects.equals(then, now)) {
            add(RouteOptions.sentence(name, now == null ? message("the default") : now,
                    then == null ? message("the default") : then));
        }
    }

    private void taps(List<RouteSource.Step> then, List<RouteSource.Step> now) {
        now.stream().filter(tap -> !then.contains(tap)).forEach(tap ->
                add(message("will be tapped to %s", address(tap))));
        then.stream().filter(tap -> !now.contains(tap)).forEach(tap ->
                add(message("will no longer be tapped to %s", address(tap))));
    }

    private static String address(RouteSource.Step step) {
        return step.scheme().equals("kafka") || step.scheme().equals("call") ? step.path() : step.target();
    }
}
