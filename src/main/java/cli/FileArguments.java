package cli;

import edits.rules.RouteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the route files named on the command line. */
final class FileArguments {

    /** Bytes read of a file: more than a route file may have, so that the check refuses a longer one. */
    private static final int LONGEST = 1024 * 1024;

    private FileArguments() {
    }

    /** @throws IOException when a file cannot be read; its message says what to do */
    static List<RouteFile> read(List<Path> paths) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = path.getFileName().toString();
            if (files.stream().map(RouteFile::name).anyMatch(name::equals)) {
                throw new IOException("two of the files have the name " + name + "; one would take the place of the other");
            }
            files.add(new RouteFile(name, text(path)));
        }
        return files;
    }

    private static String text(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readNBytes(LONGEST))).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is not UTF-8; save it as such", e);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path, e);
        }
    }
}
