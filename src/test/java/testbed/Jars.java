package testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a jar of {@code target/} holds. */
public final class Jars {

    /** @return the names of all entries that are no folders */
    public static List<String> entries(String jar) {
        try (JarFile file = new JarFile(Path.of("target", jar).toFile())) {
            return file.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn package first", e);
        }
    }

    /**
     * @param folder with a slash at its end
     * @return the names of the files that the libraries of a jar have in a folder
     */
    public static List<String> inLibraries(String jar, String folder) {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(Path.of("target", jar).toFile())) {
            for (ZipEntry library : file.stream().filter(entry -> entry.getName().endsWith(".jar")).toList()) {
                try (ZipInputStream entries = new ZipInputStream(file.getInputStream(library))) {
                    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                        if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                            names.add(entry.getName().substring(folder.length()));
                        }
                    }
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn package first", e);
        }
    }

    private Jars() {
    }
}
