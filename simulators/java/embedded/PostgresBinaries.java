package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * Where PostgreSQL's programs are unpacked, once for each user of this machine. The folder is in the user's cache,
 * because in a folder that all users may write to, any of them could replace the programs.
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
     * Removes the files of an unpacking that was killed: the library would keep half-written files and add only the missing
     * ones. To be called with the directory locked, so that no other process is unpacking.
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
