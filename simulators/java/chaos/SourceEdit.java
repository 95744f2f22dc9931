package chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An edit that puts a mistake into a copy of the hub's sources. It has to fit them exactly: otherwise it fails. */
sealed interface SourceEdit {

    /** @param sources a copy of {@code src/main}, which is changed */
    void applyTo(Path sources);

    /**
     * Replaces text at one place in one file.
     *
     * @param file below {@code src/main}
     * @param text has to occur there exactly once
     */
    record Replace(String file, String text, String replacement) implements SourceEdit {

        @Override
        public void applyTo(Path sources) {
            String content = read(sources.resolve(file));
            int at = content.indexOf(text);
            if (at < 0 || content.indexOf(text, at + 1) >= 0) {
                throw new IllegalStateException("src/main/" + file + (at < 0 ? " no longer has" : " has more than once")
                        + ":\n" + text + "\nFit the mutant to it.");
            }
            write(sources.resolve(file), content.replace(text, replacement));
        }
    }

    /** Deletes a route from {@code routes.yaml}. */
    record WithoutRoute(String id) implements SourceEdit {

        private static final String FILE = "resources/routes.yaml";

        @Override
        public void applyTo(Path sources) {
            String content = read(sources.resolve(FILE));
            // From its line to the next line that begins with anything but a space or a line break.
            Matcher route = Pattern.compile("(?m)^- route:\\n    id: " + Pattern.quote(id) + "\\n(?:(?: .*)?\\n)*")
                    .matcher(content);
            if (!route.find()) {
                throw new IllegalStateException("src/main/" + FILE + " no longer has the route " + id
                        + ". Fit the mutant to it.");
            }
            write(sources.resolve(FILE), content.substring(0, route.start()) + content.substring(route.end()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }
}
