package edits.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The address of a {@code from} or a {@code to}, in one form: visual editors write {@code kafka:topic} as {@code uri: kafka}
 * with a parameter {@code topic}, which means the same.
 *
 * @param parameters without those that are part of the address
 */
record Address(String uri, Map<String, Object> parameters) {

    /** By scheme, the parameters that make up the part after the scheme, joined by colons. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "kafka", List.of("topic"), "direct", List.of("name"), "rest", List.of("method", "path", "uriTemplate"));

    @SuppressWarnings("unchecked")
    static Address of(Map<String, Object> data) {
        String uri = String.valueOf(data.getOrDefault("uri", ""));
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (data.get("parameters") instanceof Map<?, ?> map) {
            parameters.putAll((Map<String, Object>) map);
        }
        List<String> parts = uri.contains(":") ? List.of() : PARTS.getOrDefault(uri, List.of());
        StringBuilder whole = new StringBuilder(uri);
        for (String part : parts) {
            if (parameters.get(part) instanceof String value) {
                whole.append(':').append(value);
                parameters.remove(part);
            }
        }
        return new Address(whole.toString(), parameters);
    }
}
