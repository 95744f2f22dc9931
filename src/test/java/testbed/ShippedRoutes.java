package testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** {@code routes.yaml} as it is shipped: the text that ops edit, read as data. */
public final class ShippedRoutes {

    /** The entries, each a map with the one key {@code route}. */
    public static List<Map<String, Object>> entries() {
        return resource("/routes.yaml");
    }

    /** What stands below {@code route:}, for each, in the file's order. */
    public static List<Map<String, Object>> routes() {
        return entries().stream().map(entry -> child(entry, "route")).toList();
    }

    public static List<String> ids() {
        return routes().stream().map(route -> (String) route.get("id")).toList();
    }

    /** The text of one route, as a file that holds it alone would have it. */
    static String text(String id) {
        Map<String, Object> entry = entries().stream().filter(each -> child(each, "route").get("id").equals(id))
                .findFirst().orElseThrow(() -> new AssertionError("routes.yaml has no route " + id));
        DumperOptions plain = new DumperOptions();
        plain.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        plain.setAllowUnicode(true);
        plain.setWidth(1_000);
        return yaml(plain).dump(List.of(entry));
    }

    /** A route's ends and steps: every map below it that has a {@code uri}. */
    public static List<Map<String, Object>> endpoints(Map<String, Object> route) {
        List<Map<String, Object>> found = new ArrayList<>();
        collect(route, found);
        return found;
    }

    /** @param name of a YAML file of the class path */
    public static <T> T resource(String name) {
        try (InputStream file = Objects.requireNonNull(ShippedRoutes.class.getResourceAsStream(name), name)) {
            return yaml(new DumperOptions()).load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A map's value that is a map itself. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> child(Map<String, Object> map, String key) {
        return (Map<String, Object>) Objects.requireNonNull(map.get(key), () -> key + " is missing in " + map);
    }

    private static void collect(Object node, List<Map<String, Object>> found) {
        if (node instanceof List<?> list) {
            list.forEach(each -> collect(each, found));
        } else if (node instanceof Map<?, ?> map) {
            if (map.containsKey("uri")) {
                @SuppressWarnings("unchecked")
                Map<String, Object> endpoint = (Map<String, Object>) map;
                found.add(endpoint);
            }
            map.values().forEach(each -> collect(each, found));
        }
    }

    private static Yaml yaml(DumperOptions options) {
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }

    private ShippedRoutes() {
    }
}
