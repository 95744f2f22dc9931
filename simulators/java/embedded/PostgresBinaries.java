package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * Where PostgreSQL's programs are unpacked, once for a user of this machine. A folder that everyone may write to would
 * let everyone swap the programs.
 */
final class PostgresBinaries {

    private PostgresBinaries() {
    }

    static Path directory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cache);
        return base.resolve("lucky-hub").resolve("postgresql");
    }

    /**
     * Removes what an unpacking that was killed left behind. The library would keep the half-written files and only
     * add the missing ones. To be called with the directory locked, so that nobody is unpacking now.
     */
    static void removeHalfUnpacked(Path directory) {
        try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(directory, "PG-*")) {
            for (Path one : unpacked) {
                if (!Files.exists(one.resolve(".exists"))) {
                    FileSystemUtils.deleteRecursively(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't clean " + directory, e);
        }
    }
}
