package edits.rules;

import static edits.rules.LocalizedMessage.message;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/** Camel's own schema of its YAML DSL, in the form without short-hands, which visual editors open and save. */
final class CanonicalSchema {

    /** Compiled with the first file that is checked: it has 580 kB, and takes half a second. */
    private static final class Compiled {
        private static final Schema SCHEMA = load();

        private static Schema load() {
            try (InputStream schema = YamlRoutesBuilderLoader.class.getResourceAsStream(
                    "/schema/camelYamlDsl-canonical.json")) {
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(schema, InputFormat.JSON);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private CanonicalSchema() {
    }

    static List<Finding> check(YamlValue file) {
        List<Finding> findings = new ArrayList<>();
        String json = new String(Json.write(file.typed()), StandardCharsets.UTF_8);
        for (Error error : Compiled.SCHEMA.validate(json, InputFormat.JSON)) {
            findings.add(place(file, error.getInstanceLocation()).finding(
                    message("Camel doesn't take it: %s", error.getMessage()),
                    message("write it in the canonical form of Camel's YAML")));
        }
        return findings;
    }

    private static YamlValue place(YamlValue file, NodePath path) {
        YamlValue here = file;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            YamlValue next = step instanceof Integer index
                    ? index < here.items().size() ? here.items().get(index) : null
                    : here.get(String.valueOf(step)).orElse(null);
            if (next == null) {
                return here;
            }
            here = next;
        }
        return here;
    }
}
