package architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of ours makes a commit return before it is on the disk: no promise would hold. */
class DurableTest {

    private static final Pattern UNSAFE = Pattern.compile(
            "(?i)(synchronous_commit|fsync|full_page_writes)[\"'\\s]*(=|:|,|\\bto\\b)[\"'\\s]*(off|false|local|no|0)\\b"
                    + "|\\bunlogged\\b");

    @Test
    void noSourceSwitchesDurabilityOff() {
        assertThat(sources().filter(file -> UNSAFE.matcher(text(file)).find())).isEmpty();
    }

    @Test
    void thePatternFindsWhatItIsLookingFor() {
        assertThat(List.of("SET synchronous_commit = off", "SET LOCAL synchronous_commit TO 'local'", "fsync: off",
                "Map.of(\"fsync\", \"off\")", "CREATE UNLOGGED TABLE t (a int)", "-c fsync=off"))
                .allMatch(text -> UNSAFE.matcher(text).find());
        assertThat(List.of("synchronous_commit = on", "entry(\"fsync\", \"on\")", "the fsync offers"))
                .noneMatch(text -> UNSAFE.matcher(text).find());
    }

    private static Stream<Path> sources() {
        return Stream.of("src/main", "simulators", "hub").map(Path::of).flatMap(DurableTest::files);
    }

    private static Stream<Path> files(Path top) {
        try {
            return Files.walk(top).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
