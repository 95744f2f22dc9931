package contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** An object of the contract, by its fields. */
record Shape(Map<String, Field> fields) {

    static Shape of() {
        return new Shape(Map.of());
    }

    Shape with(String name, Field field) {
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(name, field);
        return new Shape(more);
    }

    /** As an element of a list. */
    Field element() {
        return new Field(good(), bad(), true);
    }

    /** Objects in which one field after the other takes each of its good values, or is absent where it may be. */
    List<String> good() {
        List<String> objects = new ArrayList<>();
        fields.forEach((name, field) -> {
            field.good().forEach(value -> objects.add(json(name, value)));
            if (!field.required()) {
                objects.add(json(name, null));
            }
        });
        return objects;
    }

    /** Objects that are wrong in one thing each. */
    List<String> bad() {
        List<String> objects = new ArrayList<>();
        fields.forEach((name, field) -> {
            field.bad().forEach(value -> objects.add(json(name, value)));
            if (field.required()) {
                objects.add(json(name, null));
            }
        });
        objects.add(json("unknown", "1"));
        objects.add(json("unknown", "null"));
        objects.addAll(List.of("[]", "5", "\"\"", "\"x\"", "true", "null"));
        return objects;
    }

    /** Every field takes one of its good values. */
    String random(Random random) {
        return fields.entrySet().stream().map(field -> "\"" + field.getKey() + "\":"
                        + field.getValue().good().get(random.nextInt(field.getValue().good().size())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** @param value of the one field; null leaves it out. The others have their first. */
    private String json(String name, String value) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((field, kind) -> values.put(field, kind.good().get(0)));
        values.put(name, value);
        return values.entrySet().stream().filter(entry -> entry.getValue() != null)
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
