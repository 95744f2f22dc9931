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

/** Route files as they are named on the command line. */
final class FileArguments {

    /** More than a route file may have; the check says so. */
    private static final int LONGEST = 1024 * 1024;

    private FileArguments() {
    }

    /** @throws IOException with what to do, when one can't be read */
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
