package contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Holds answers against {@code openapi.yaml}. Reads the document once and compiles each schema once; safe for any number
 * of threads.
 *
 * <p>The document keeps two rules that make it readable by this class: responses and schemas are named below
 * {@code components}, and what is answered outside of its operations stands below {@code x-elsewhere}.
 */
public final class OpenApiContract {

    private static final String FILE = "openapi.yaml";

    private record Path(String template, Pattern pattern, JsonNode operations) {
    }

    private final SchemaFiles files;
    private final JsonNode root;
    private final List<Path> paths = new ArrayList<>();

    private OpenApiContract(SchemaFiles files) {
        this.files = files;
        this.root = files.document(FILE);
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            paths.add(new Path(path.getKey(), Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+")),
                    path.getValue()));
        }
        // Where two fit, the one with fewer parameters is meant.
        paths.sort(Comparator.comparing(path -> path.template().chars().filter(c -> c == '{').count()));
    }

    /** @throws IllegalArgumentException when there is no such document on the class path */
    public static OpenApiContract load() {
        return new OpenApiContract(new SchemaFiles(FILE));
    }

    /**
     * @param path        without its query, as it was sent
     * @param contentType null when the answer has none; parameters such as a charset are ignored
     * @param body        empty when there is none
     * @throws AssertionError when the contract doesn't know the operation, knows no such answer of it, or describes
     *                        another content
     */
    public void check(String method, String path, int status, String contentType, byte[] body) {
        String answer = method + " " + path.substring(0, Math.min(path.length(), 200)) + " answered " + status;
        JsonNode operation = operation(method, path);
        JsonNode responses = operation == null ? root.path("x-elsewhere") : operation.get("responses");
        JsonNode response = resolve(responses.path(String.valueOf(status)));
        if (response.isMissingNode()) {
            throw new AssertionError(answer + (operation == null
                    ? ", and the contract has no such operation" : ", which the contract doesn't list"));
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode() || method.equals("HEAD")) {
            if (body.length > 0) {
                throw new AssertionError(answer + " with a body, and the contract has none");
            }
            return;
        }
        String type = contentType == null ? "" : contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
        if (!content.has(type)) {
            throw new AssertionError(answer + " as '" + contentType + "', the contract says " + names(content));
        }
        String schema = content.get(type).get("schema").get("$ref").asText();
        List<String> violations = files.violations(FILE, schema, parsed(answer, type, body));
        if (!violations.isEmpty()) {
            throw new AssertionError(answer + ", against " + schema + ": " + violations + "\n"
                    + new String(body, StandardCharsets.UTF_8));
        }
    }

    private JsonNode operation(String method, String path) {
        String key = method.toLowerCase(Locale.ROOT);
        return paths.stream().filter(known -> known.pattern().matcher(path).matches()).findFirst()
                .map(known -> known.operations().get(key)).orElse(null);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode parsed(String answer, String type, byte[] body) {
        try {
            return type.endsWith("/json") || type.endsWith("+json") ? SchemaFiles.json(body)
                    : TextNode.valueOf(new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(answer + ", and its body is no JSON", e);
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
