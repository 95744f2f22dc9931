package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The hub's own routes with every batch of size one: one message, one commit; one order, one call. No code is another, only
 * what ops could write into {@code routes.yaml} too: {@code batch: 1} where the ledger gathers or announces, and
 * {@code maxPollRecords: 1} where Kafka is read.
 */
final class Unbatched {

    private static final Pattern ANNOUNCED = Pattern.compile(" {6}uri: ledger:\\S+");
    private static final Pattern CALLED_BACK = Pattern.compile(" {12}uri: ledger:paid");
    private static final Pattern READ = Pattern.compile(" {6}uri: kafka:\\S+");
    private static final Pattern BATCH = Pattern.compile(" +batch: \\d+");

    private Unbatched() {
    }

    /** Writes them beside the run's other files. @return the file */
    static Path routes(Path hubJar, Path directory) {
        try (JarFile jar = new JarFile(hubJar.toFile());
             InputStream shipped = jar.getInputStream(jar.getEntry("BOOT-INF/classes/routes.yaml"))) {
            Path file = directory.resolve("unbatched-routes.yaml");
            return Files.writeString(file, of(new String(shipped.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the routes in " + hubJar, e);
        }
    }

    /** @throws IllegalStateException when the text is not what this was written for */
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
            String option = READ.matcher(line).matches() ? "maxPollRecords: 1"
                    : ANNOUNCED.matcher(line).matches() || CALLED_BACK.matcher(line).matches() ? "batch: 1" : null;
            if (option != null) {
                places++;
                String indent = line.substring(0, line.indexOf("uri:"));
                if (i + 1 < lines.size() && lines.get(i + 1).equals(indent + "parameters:")) {
                    i++;
                }
                changed.add(indent + "parameters:");
                changed.add(indent + "  " + option);
            }
        }
        if (places < 10) {
            throw new IllegalStateException("only " + places + " places of routes.yaml were found to batch");
        }
        return String.join("\n", changed) + "\n";
    }
}
