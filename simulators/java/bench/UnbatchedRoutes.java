package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The hub's own routes with every batch of size one: one commit a message, one call an order. Only options are changed
 * that an operator could change in {@code routes.yaml}: {@code batch: 1} at {@code ledger:} endpoints,
 * {@code maxPollRecords: 1} at Kafka consumers, and no time to wait for a batch to fill.
 */
final class UnbatchedRoutes {

    /** Options to add by address; a {@code from} is indented by six spaces, a {@code to} by twelve. */
    private static final Map<Pattern, List<String>> ADDED = Map.of(
            Pattern.compile(" {6}uri: ledger:\\S+"), List.of("batch: 1"),
            Pattern.compile(" {12}uri: ledger:\\S+"), List.of("batch: 1", "linger: 0ms"),
            Pattern.compile(" {6}uri: kafka:\\S+"), List.of("maxPollRecords: 1"));
    private static final Pattern BATCH = Pattern.compile(" +batch: \\d+");

    private UnbatchedRoutes() {
    }

    /** The hub's settings for these routes, which also switch off the batching of the Kafka clients. */
    static Map<String, String> settings(Path routes) {
        return Map.of("camel.main.routes-include-pattern", "file:" + routes, "hub.kafka.properties.linger.ms", "0",
                "hub.kafka.properties.fetch.min.bytes", "1");
    }

    /** Writes the routes into the directory of the run. @return the file */
    static Path routes(Path hubJar, Path directory) {
        try (JarFile jar = new JarFile(hubJar.toFile());
             InputStream shipped = jar.getInputStream(jar.getEntry("BOOT-INF/classes/routes.yaml"))) {
            Path file = directory.resolve("unbatched-routes.yaml");
            return Files.writeString(file, of(new String(shipped.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the routes in " + hubJar, e);
        }
    }

    /** The changed routes. @throws IllegalStateException when the text has fewer places to change than expected */
    static String of(String routes) {
        List<String> lines = routes.lines().toList();
        List<String> changed = new ArrayList<>();
        int places = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (BATCH.matcher(line).matches()) {
                continue;
            }
            changed.add(line);
            List<String> options = added(line);
            if (!options.isEmpty()) {
                places++;
                String indent = line.substring(0, line.indexOf("uri:"));
                if (i + 1 < lines.size() && lines.get(i + 1).equals(indent + "parameters:")) {
                    i++;
                }
                changed.add(indent + "parameters:");
                options.forEach(option -> changed.add(indent + "  " + option));
            }
        }
        if (places < 20) {
            throw new IllegalStateException("only " + places + " places of routes.yaml were found to change; "
                    + "adapt bench.UnbatchedRoutes to it");
        }
        return String.join("\n", changed) + "\n";
    }

    private static List<String> added(String line) {
        return ADDED.entrySet().stream().filter(each -> each.getKey().matcher(line).matches()).map(Map.Entry::getValue)
                .findFirst().orElse(List.of());
    }
}
