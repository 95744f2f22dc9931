package edits.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * One route of a file, as data: layout and comments of the file do not count.
 *
 * @param data what stands below {@code route:}, as maps, lists and texts
 */
public record RouteSource(String file, String id, Map<String, Object> data) {

    @SuppressWarnings("unchecked")
    static RouteSource of(YamlValue route) {
        Map<String, Object> data = (Map<String, Object>) route.data();
        return new RouteSource(route.file().name(), String.valueOf(data.get("id")), data);
    }

    /** The routes of files that have passed the check. */
    public static List<RouteSource> all(List<RouteFile> files) {
        return files.stream().flatMap(file -> YamlReader.read(file).yaml().items().stream())
                .map(entry -> of(entry.get("route").orElseThrow())).toList();
    }

    public String description() {
        return String.valueOf(data.get("description"));
    }

    public String group() {
        return String.valueOf(data.get("group"));
    }

    public Step from() {
        return Step.of("from", child(data, "from"));
    }

    /** The steps in their order. */
    public List<Step> steps() {
        return child(data, "from").get("steps") instanceof List<?> steps
                ? steps.stream().map(RouteSource::step).toList() : List.of();
    }

    /** Whether both routes mean the same, in whichever file they stand. */
    public boolean sameAs(RouteSource other) {
        return data.equals(other.data);
    }

    /** The text of a route file that holds this route alone. */
    public String yaml() {
        return dump(data);
    }

    /** The same, for a route that Camel makes ready and does not start. */
    public String yamlAtRest() {
        Map<String, Object> atRest = new LinkedHashMap<>(data);
        atRest.put("autoStartup", "false");
        return dump(atRest);
    }

    private static String dump(Map<String, Object> data) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1_000)
                .setUseUnicodeEncoding(true).build()).dumpToString(List.of(Map.of("route", data)));
    }

    private static Step step(Object entry) {
        Map.Entry<?, ?> only = entry instanceof Map<?, ?> map && map.size() == 1 ? map.entrySet().iterator().next()
                : Map.entry("", "");
        return Step.of(String.valueOf(only.getKey()), asMap(only.getValue()));
    }

    private static Map<String, Object> child(Map<String, Object> map, String key) {
        return asMap(map.get(key));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /**
     * @param kind       {@code from}, or the name of the step
     * @param target     its address, or the name of its processor
     * @param parameters by name
     */
    public record Step(String kind, String target, Map<String, Object> parameters) {

        private static Step of(String kind, Map<String, Object> data) {
            Address address = Address.of(data);
            return new Step(kind, data.containsKey("ref") ? String.valueOf(data.get("ref")) : address.uri(),
                    address.parameters());
        }

        public String scheme() {
            return target.contains(":") ? target.substring(0, target.indexOf(':')) : target;
        }

        /** The part of the address after the scheme. */
        public String path() {
            return target.substring(target.indexOf(':') + 1);
        }
    }

    /** The routes by id, in their order; of two with the same id the later one. */
    public static Map<String, RouteSource> byId(List<RouteSource> routes) {
        Map<String, RouteSource> map = new LinkedHashMap<>();
        routes.forEach(route -> map.put(route.id(), route));
        return map;
    }
}
