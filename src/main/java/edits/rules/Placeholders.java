package edits.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in double braces in a route. */
public final class Placeholders {

    private static final Pattern NAME = Pattern.compile("\\{\\{([a-z][a-z0-9.-]*)}}");

    private Placeholders() {
    }

    /** The settings that a hub has when nobody sets anything, by name. */
    public static Map<String, String> shipped() {
        Map<String, String> all = new HashMap<>();
        try (InputStream file = Placeholders.class.getResourceAsStream("/application.yaml")) {
            flatten("", new Load(LoadSettings.builder().build()).loadFromInputStream(file), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /**
     * Those of the routes, with their values. An address is stood in for, as nothing is asked there; so what is said of a
     * rehearsal can't hold the address.
     */
    public static Properties forRehearsal(RouteSource route, RoutePolicy policy) {
        Properties values = new Properties();
        names(route.yaml()).forEach(name -> value(name, policy).ifPresent(value -> values.setProperty(name, value)));
        return values;
    }

    /** Whether all of them have values, or stand-ins. */
    public static boolean areKnown(RouteSource route, RoutePolicy policy) {
        return names(route.yaml()).allMatch(name -> value(name, policy).isPresent());
    }

    /**
     * A text for people: what the settings that these files may use hold is put back as their names. The pulls' are left,
     * being known to everybody; else "as in 30s" would become "as in {{pull.made.age}}".
     */
    public static UnaryOperator<String> quoting(List<RouteFile> files, RoutePolicy policy) {
        Map<String, String> names = new TreeMap<>(Comparator.comparing(String::length).reversed()
                .thenComparing(Comparator.naturalOrder()));
        files.stream().flatMap(file -> names(file.text())).distinct()
                .filter(name -> policy.mayAsk(name) || name.startsWith("routes."))
                .forEach(name -> Stream.concat(value(name, policy).stream(), policy.placeholders().apply(name)
                        .stream())
                        .filter(value -> !value.isBlank()).forEach(value -> {
                            names.put(value, name);
                            // Of an address, the host alone, as in "connection refused: points.example:8443".
                            names.put(value.replaceFirst("^https?://(?:[^/@]*@)?([^/]*).*$", "$1"), name);
                        }));
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        names.forEach((value, name) -> patterns.put(Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(value)
                + "(?![A-Za-z0-9])"),
                Matcher.quoteReplacement("{{" + name + "}}")));
        return text -> {
            String quoted = text;
            for (Map.Entry<Pattern, String> each : patterns.entrySet()) {
                quoted = each.getKey().matcher(quoted).replaceAll(each.getValue());
            }
            return quoted;
        };
    }

    private static Stream<String> names(String text) {
        return NAME.matcher(text).results().map(match -> match.group(1)).distinct();
    }

    private static Optional<String> value(String name, RoutePolicy policy) {
        return name.endsWith(".url") ? Optional.of("http://" + name + ".invalid") : policy.placeholders().apply(name);
    }

    private static void flatten(String prefix, Object value, Map<String, String> all) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, each, all));
        } else if (value != null) {
            all.put(prefix, value.toString());
        }
    }
}
