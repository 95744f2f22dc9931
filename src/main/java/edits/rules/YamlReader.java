package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a route file by the parser that Camel uses, within bounds: a file that is too large, too deep or refers to itself is
 * refused before its data is built up.
 */
final class YamlReader {

    private static final int DEEPEST = 24;
    private static final int MOST_EVENTS = 100_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).setAllowDuplicateKeys(false)
            .setCodePointLimit(RouteFile.LARGEST).setMaxAliasesForCollections(0).build();

    /** One of the two is null. */
    record Read(YamlValue yaml, Finding finding) {
    }

    private YamlReader() {
    }

    static Read read(RouteFile file) {
        if (file.text().getBytes(StandardCharsets.UTF_8).length > RouteFile.LARGEST) {
            return refused(Finding.ofFile(file, message("it is larger than %s kB", RouteFile.LARGEST / 1024),
                    message("make several files of it")));
        }
        if (file.text().isBlank()) {
            return refused(Finding.ofFile(file, message("it is empty"),
                    message("put the routes in, or use --remove to take a file out")));
        }
        try {
            Finding finding = outOfBounds(file);
            if (finding != null) {
                return refused(finding);
            }
            Optional<YamlValue> yaml = new Compose(SETTINGS).composeString(file.text()).map(node -> new YamlValue(file, node));
            if (yaml.isEmpty()) {
                return refused(Finding.ofFile(file, message("it holds no route"), message("put the routes in")));
            }
            Finding doubled = doubledKey(yaml.get());
            return doubled != null ? refused(doubled) : new Read(yaml.get(), null);
        } catch (MarkedYamlEngineException e) {
            return refused(broken(file, e));
        } catch (YamlEngineException e) {
            return refused(Finding.ofFile(file, message("it is no YAML: %s", e.getMessage()), message("correct it")));
        }
    }

    private static Finding outOfBounds(RouteFile file) {
        int depth = 0;
        int events = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(file.text())) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent) {
                documents++;
            }
            if (depth > DEEPEST) {
                return at(file, event, message("it is more than %s levels deep", DEEPEST), message("no route needs that; flatten it"));
            }
            if (++events > MOST_EVENTS) {
                return at(file, event, message("it holds more than %s values", MOST_EVENTS), message("make several files of it"));
            }
            if (documents > 1) {
                return at(file, event, message("a second document begins here"), message("remove the --- in the middle of the file"));
            }
            if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                return at(file, event, message("anchors (&) and aliases (*) are not used in route files"),
                        message("write out what you refer to"));
            }
            if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                    || event instanceof CollectionStartEvent start && start.getTag().isPresent()) {
                return at(file, event, message("tags (!) are not used in route files"), message("leave it out"));
            }
        }
        return null;
    }

    /** Finds a key that is given twice: one parser takes the first value, another the last. */
    private static Finding doubledKey(YamlValue yaml) {
        Set<String> keys = new HashSet<>();
        for (YamlValue.Entry entry : yaml.entries()) {
            if (entry.key().isMap() || entry.key().isList()) {
                return entry.key().finding(message("this key is no word"), message("write name: value"));
            }
            if (!keys.add(entry.key().text())) {
                return entry.key().finding(message("'%s' is given twice", entry.key().text()), message("leave one of the two out"));
            }
        }
        return Stream.concat(yaml.entries().stream().map(YamlValue.Entry::value), yaml.items().stream())
                .map(YamlReader::doubledKey).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Finding broken(RouteFile file, MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark();
        int line = mark.map(at -> at.getLine() + 1).orElse(0);
        int column = mark.map(at -> at.getColumn() + 1).orElse(0);
        if (line > 0 && file.line(line).matches(" *\t.*")) {
            return Finding.at(file, line, file.line(line).indexOf('\t') + 1, message("a tab stands here"),
                    message("YAML is indented by spaces; replace it"));
        }
        String context = e.getContext() == null ? "" : " " + e.getContext();
        return Finding.at(file, line, column, message("it is no YAML%s: %s", context, e.getProblem()),
                message("correct it at or right before this place; the file may also be cut off"));
    }

    private static Finding at(RouteFile file, Event event, LocalizedMessage problem, LocalizedMessage change) {
        return Finding.at(file, event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0), problem, change);
    }

    private static Read refused(Finding finding) {
        return new Read(null, finding);
    }
}
