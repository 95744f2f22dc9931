package edits.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value in a route file, with its place in the file. */
public record YamlValue(RouteFile file, Node node) {

    record Entry(YamlValue key, YamlValue value) {
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it is a text, a number or a truth value, and not null. */
    boolean isText() {
        return node instanceof ScalarNode scalar
                && !(scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getValue().matches("|~|null"));
    }

    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The entries in the file's order; none when it is no map. */
    List<Entry> entries() {
        return node instanceof MappingNode map ? map.getValue().stream().map(tuple ->
                new Entry(new YamlValue(file, tuple.getKeyNode()), new YamlValue(file, tuple.getValueNode()))).toList() : List.of();
    }

    Optional<YamlValue> get(String key) {
        return entries().stream().filter(entry -> entry.key().text().equals(key)).map(Entry::value).findFirst();
    }

    List<YamlValue> items() {
        return node instanceof SequenceNode list ? list.getValue().stream().map(item -> new YamlValue(file, item)).toList()
                : List.of();
    }

    /** The value as maps, lists and texts. Numbers are texts, too, so that {@code 1} and {@code '1'} are the same. */
    Object data() {
        if (isMap()) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries().forEach(entry -> map.put(entry.key().text(), entry.value().data()));
            return map;
        }
        if (isList()) {
            List<Object> list = new ArrayList<>();
            items().forEach(item -> list.add(item.data()));
            return list;
        }
        return text();
    }

    /** As {@link #data()}, with numbers, truth values and null as such, for a schema. */
    Object typed() {
        if (isMap()) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries().forEach(entry -> map.put(entry.key().text(), entry.value().typed()));
            return map;
        }
        if (isList()) {
            List<Object> list = new ArrayList<>();
            items().forEach(item -> list.add(item.typed()));
            return list;
        }
        if (!isText()) {
            return null;
        }
        boolean plain = ((ScalarNode) node).getScalarStyle() == ScalarStyle.PLAIN;
        if (plain && text().matches("-?\\d{1,18}")) {
            return Long.valueOf(text());
        }
        return plain && text().matches("true|false") ? (Object) Boolean.valueOf(text()) : text();
    }

    /** The line in the file, from 1 on. */
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    public Finding finding(LocalizedMessage problem, LocalizedMessage change) {
        return Finding.at(file, line(), node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0), problem, change);
    }
}
