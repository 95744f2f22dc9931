package edits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Those of the route, with their values. An address that isn't known here is stood in for: nothing is asked there. */
    static Properties of(RouteSource route, Allowance allowance) {
        Properties values = new Properties();
        Matcher matcher = NAME.matcher(route.yaml());
        while (matcher.find()) {
            String name = matcher.group(1);
            allowance.placeholders().apply(name).or(() -> java.util.Optional.of("http://" + name + ".invalid")
                    .filter(url -> name.endsWith(".url"))).ifPresent(value -> values.setProperty(name, value));
        }
        return values;
    }

    /** Whether all of them have values, or stand-ins. */
    static boolean areKnown(RouteSource route, Allowance allowance) {
        Properties values = of(route, allowance);
        return NAME.matcher(route.yaml()).results().allMatch(match -> values.containsKey(match.group(1)));
    }

    private static void flatten(String prefix, Object value, Map<String, String> all) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, each, all));
        } else if (value != null) {
            all.put(prefix, value.toString());
        }
    }
}
