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

/** Placeholders in double braces that routes use, and their values. */
public final class Placeholders {

    private static final Pattern NAME = Pattern.compile("\\{\\{([a-z][a-z0-9.-]*)}}");

    private Placeholders() {
    }

    /** The settings of a hub as shipped, by name. */
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
     * The placeholders of the routes with their values for a dry run. An address is replaced by one that stands for it, as
     * no neighbour is called; so the report of a dry run can't contain the real one.
     */
    public static Properties forRehearsal(RouteSource route, RoutePolicy policy) {
        Properties values = new Properties();
        names(route.yaml()).forEach(name -> value(name, policy).ifPresent(value -> values.setProperty(name, value)));
        return values;
    }

    /** Whether all placeholders of the route have a value, or one that stands for it. */
    public static boolean areKnown(RouteSource route, RoutePolicy policy) {
        return names(route.yaml()).allMatch(name -> value(name, policy).isPresent());
    }

    /**
     * Makes a text fit for people: values of settings that these files may use are replaced by the settings' names. Values
     * of the pulls' settings stay, as they are no secret: else "as in 30s" would become "as in {{pull.made.age}}".
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
                            // Also the host of an address by itself, as in "connection refused: points.example:8443".
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
