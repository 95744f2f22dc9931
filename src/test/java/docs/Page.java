package docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown: its links, its headings, and what it writes as code. */
record Page(Path file, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("(?s)`([^`]+)`");
    private static final Pattern LINK = Pattern.compile(
            "(?s)\\[[^\\[\\]]*(?:!\\[[^\\]]*]\\([^)]*\\)[^\\[\\]]*)?]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    static Page of(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** README and its like, and all below {@code docs} and {@code examples}. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>(Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                .map(name -> of(Path.of(name))).toList());
        for (String folder : List.of("docs", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(file -> pages.add(of(file)));
            }
        }
        return pages;
    }

    /** Where links and images lead, as written. */
    List<String> links() {
        return found(LINK, SPAN.matcher(prose()).replaceAll("code"), 1).toList();
    }

    /** Of each heading, as GitHub makes it. */
    List<String> anchors() {
        return found(HEADING, prose(), 1).map(heading -> heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-')).toList();
    }

    /** What stands between backticks in a line of text, with single spaces. */
    List<String> code() {
        return found(SPAN, prose(), 1).map(code -> code.replaceAll("\\s+", " ")).toList();
    }

    /** The lines of its shell blocks; one that goes on after a backslash is one. */
    List<String> shell() {
        return BLOCK.matcher(text).results().filter(block -> block.group(1).equals("sh"))
                .flatMap(block -> block.group(2).replace("\\\n", " ").lines()).toList();
    }

    /** Its Mermaid blocks. */
    String drawings() {
        return BLOCK.matcher(text).results().filter(block -> block.group(1).equals("mermaid")).map(block -> block.group(2))
                .collect(Collectors.joining());
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static Stream<String> found(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(result -> result.group(group));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
