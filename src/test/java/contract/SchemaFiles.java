package contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published schemas, read from {@code src/main/resources/contract} as a stranger would: with a library of its own. */
final class SchemaFiles {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** JSON Schema 2020-12, in which a misspelt keyword is an error rather than nothing. */
    private static final Dialect STRICT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("components"))
            // Names for values that are no names in most languages; generators read it.
            .keyword(new NonValidationKeyword("x-enum-varnames"))
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance()).build();

    private static final String HOME = "urn:lucky-hub:file:";

    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
    private final SchemaRegistry registry;

    /** @param names of the files to be read, {@code .yaml} or {@code .json} */
    SchemaFiles(String... names) {
        Map<String, String> texts = new HashMap<>();
        for (String name : names) {
            JsonNode document = read(name);
            documents.put(name, document);
            // Of an OpenAPI document, what holds the schemas; the rest is none of the validator's business.
            texts.put(HOME + name, name.endsWith(".json") ? document.toString()
                    : JSON.createObjectNode().set("components", document.get("components")).toString());
        }
        registry = SchemaRegistry.withDefaultDialect(STRICT, builder -> builder.schemas(texts)
                .schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    }

    /** The messages on the topics. */
    static SchemaFiles ofMessages() {
        return new SchemaFiles(List.of(EventType.values()).stream()
                .map(type -> type.body().getSimpleName() + ".schema.json").toArray(String[]::new));
    }

    JsonNode document(String name) {
        return documents.get(name);
    }

    /** @param pointer as in {@code #/components/schemas/Order}; {@code #} is the whole document */
    Schema schema(String name, String pointer) {
        return compiled.computeIfAbsent(name + pointer, key -> registry.getSchema(SchemaLocation.of(HOME + key)));
    }

    /** What is wrong with this JSON; empty when nothing is. */
    List<String> violations(String name, String pointer, JsonNode json) {
        return schema(name, pointer).validate(json).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage()).toList();
    }

    /** @throws IOException when it is not exactly one JSON value */
    static JsonNode json(byte[] body) throws IOException {
        JsonNode node = JSON.readTree(body);
        if (node.isMissingNode()) {
            throw new IOException("it is empty");
        }
        return node;
    }

    private static JsonNode read(String name) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try (InputStream in = SchemaFiles.class.getResourceAsStream("/contract/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no contract/" + name + " on the class path");
            }
            return name.endsWith(".json") ? JSON.readTree(in) : JSON.valueToTree(
                    new Yaml(new SafeConstructor(strict)).<Object>load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
