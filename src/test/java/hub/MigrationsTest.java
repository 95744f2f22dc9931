package hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Migrations run beside hubs that go on working, and may be broken off. Those up to 5 are older than that rule, and what was
 * run once can't be changed.
 */
class MigrationsTest {

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final Pattern VERSION = Pattern.compile("V(\\d+)(\\.\\d+)?__.*\\.sql");
    private static final Pattern INDEX = Pattern.compile(
            "CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(CONCURRENTLY\\s+)?(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+)\\s+ON\\s+(?:ONLY\\s+)?(\\w+)");
    /** With a row, or several, for each order. */
    private static final List<String> LARGE =
            List.of("orders", "order_history", "timeline", "payment", "parked", "owed", "attempt");

    @Test
    void anIndexOfALargeTableIsBuiltBesideItsWriters() throws IOException {
        assertThat(indexes()).filteredOn(index -> !index.concurrently())
                .as("write CREATE INDEX CONCURRENTLY, or make a partitioned table's index ON ONLY it and attach those of"
                        + " its partitions").isEmpty();
    }

    @Test
    void oneThatWasBrokenOffIsBuiltAnew() throws IOException {
        for (Index index : indexes()) {
            assertThat(index.script()).as("what was broken off is there and invalid")
                    .contains("DROP INDEX CONCURRENTLY IF EXISTS " + index.name() + ";");
            assertThat(index.script()).as("it waits for older transactions, and nobody waits for it")
                    .contains("SET lock_timeout = 0;");
            assertThat(Files.readString(index.file().resolveSibling(index.file().getFileName() + ".conf")))
                    .contains("executeInTransaction=false");
        }
    }

    private record Index(Path file, String script, String name, boolean concurrently) {
        @Override
        public String toString() {
            return name + " in " + file;
        }
    }

    /** Those of large tables, by migrations since the rule, but for tables that they create themselves. */
    private static List<Index> indexes() throws IOException {
        List<Index> found = new ArrayList<>();
        for (Path file : migrations()) {
            String script = Files.readString(file, StandardCharsets.UTF_8);
            for (Matcher index = INDEX.matcher(script); index.find();) {
                if (LARGE.contains(index.group(3))) {
                    found.add(new Index(file, script, index.group(2), index.group(1) != null));
                }
            }
        }
        return found;
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> {
                Matcher version = VERSION.matcher(file.getFileName().toString());
                return version.matches() && Integer.parseInt(version.group(1)) > 5;
            }).toList();
        }
    }
}
