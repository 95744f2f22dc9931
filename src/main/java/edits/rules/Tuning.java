package edits.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Tells edits that an operator may make, which change amounts, intervals and time-outs, from those of a deployer. */
public final class Tuning {

    private Tuning() {
    }

    /** Ids of routes that differ in more than an operator may change, or that only one of the two has. */
    public static Set<String> beyond(List<RouteSource> then, List<RouteSource> now) {
        Map<String, RouteSource> before = RouteSource.byId(then);
        Map<String, RouteSource> after = RouteSource.byId(now);
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        ids.removeIf(id -> before.containsKey(id) && after.containsKey(id)
                && Objects.equals(fixed(before.get(id).data()), fixed(after.get(id).data())));
        return ids;
    }

    private static Object fixed(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Tuning::fixed).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> fixed = new LinkedHashMap<>();
        map.forEach((name, each) -> fixed.put(name, name.equals("parameters") ? withoutOptions(each) : fixed(each)));
        // A route that has its first option, or has lost its last one, differs in that option alone.
        fixed.remove("parameters", Map.of());
        return fixed;
    }

    private static Object withoutOptions(Object parameters) {
        Map<Object, Object> left = new LinkedHashMap<>();
        if (parameters instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (!RouteOptions.isTuning(String.valueOf(name))) {
                    left.put(name, value);
                }
            });
        }
        return left;
    }
}
