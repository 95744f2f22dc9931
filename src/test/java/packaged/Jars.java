package packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** What a jar of {@code target/} holds. */
final class Jars {

    /** @return the names of all entries that are no folders */
    static List<String> entries(String jar) {
        try (JarFile file = new JarFile(Path.of("target", jar).toFile())) {
            return file.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn package first", e);
        }
    }

    private Jars() {
    }
}
