package edits;

import static edits.rules.LocalizedMessage.message;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import edits.rules.LocalizedMessage;
import edits.rules.RouteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an edit changes of one route.
 *
 * @param lines those of a unified diff of the route's canonical text; none when it is untouched
 * @param words what the change means, a sentence each
 */
public record Difference(Kind kind, String route, List<String> lines, List<LocalizedMessage> words) {

    public enum Kind { ADDED, REMOVED, CHANGED, UNTOUCHED }

    /** In the order of the new routes; removed routes come last. */
    static List<Difference> between(List<RouteSource> then, List<RouteSource> now) {
        Map<String, RouteSource> before = RouteSource.byId(then);
        Map<String, RouteSource> after = RouteSource.byId(now);
        List<Difference> all = new ArrayList<>();
        after.forEach((id, route) -> all.add(of(id, before.get(id), route)));
        before.forEach((id, route) -> {
            if (!after.containsKey(id)) {
                all.add(of(id, route, null));
            }
        });
        return all;
    }

    private static Difference of(String id, RouteSource then, RouteSource now) {
        if (then == null) {
            return new Difference(Kind.ADDED, id, lines(id, "", now.yaml()),
                    List.of(message("`%s` is new: %s", id, now.description())));
        }
        if (now == null) {
            return new Difference(Kind.REMOVED, id, lines(id, then.yaml(), ""), List.of(message("`%s` is gone: %s", id,
                    then.description())));
        }
        if (then.sameAs(now)) {
            return new Difference(Kind.UNTOUCHED, id, List.of(), List.of());
        }
        return new Difference(Kind.CHANGED, id, lines(id, then.yaml(), now.yaml()), ChangeDescriber.of(then, now));
    }

    /** The same with its words in one language. */
    Difference in(Locale language) {
        return new Difference(kind, route, lines, words.stream().map(each -> each.fixed(language)).toList());
    }

    private static List<String> lines(String id, String then, String now) {
        List<String> old = then.lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(id, id, old, DiffUtils.diff(old, now.lines().toList()), 2).stream()
                .skip(2).toList();
    }
}
