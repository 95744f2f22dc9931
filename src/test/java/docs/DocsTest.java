package docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the documentation points at is there. */
class DocsTest {

    private static final Page README = Page.of(Path.of("README.md"));
    private static final Page ARCHITECTURE = Page.of(Path.of("docs", "architecture.md"));
    private static final HubCommands HUB = new HubCommands();
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("simulators/java"),
            Path.of("src/test/java"));
    private static final Set<String> CLASSES = classes();

    /** As in {@code ledger.order.Transitions.decide}. */
    private static final Pattern CLASS = Pattern.compile("((?:[a-z]+\\.)+)([A-Z]\\w*)(?:\\.(\\w+))?");
    private static final Pattern SIMPLE = Pattern.compile("([A-Z][a-z]+\\w*)(?:\\.\\w+)?");
    private static final Pattern TEST = Pattern.compile("[A-Z]\\w+(?:Test|IT|Properties)");
    private static final Pattern FILE = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+/?");

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @Test
    void readmeIsShort() {
        assertThat(README.text().lines().count()).isLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noLinkIsDead(Page page) {
        List<String> dead = page.links().stream().filter(link -> !link.matches("https?://.*") && !leads(page, link))
                .toList();

        assertThat(dead).as("links of %s", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachCommandOfTheHubIsOne(Page page) {
        List<String> unknown = Stream.concat(page.shell().stream().filter(line -> line.contains("./hub ")),
                page.code().stream().filter(code -> code.startsWith("./hub "))).flatMap(line -> HUB.unknown(line).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        page.code().stream().filter(code -> code.startsWith("--")).flatMap(code -> Arrays.stream(code.split(" ")))
                .filter(word -> word.startsWith("--")).map(option -> option.replaceFirst("=.*", ""))
                .filter(option -> !HUB.isOption(option)).forEach(option -> unknown.add("no command takes " + option));

        assertThat(unknown).as("commands and options of %s", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachClassThatIsNamedWithItsPackageExists(Page page) {
        List<String> absent = page.code().stream().filter(code -> {
            Matcher name = CLASS.matcher(code);
            return name.matches() && !isClass(name.group(1), name.group(2), name.group(3));
        }).toList();

        assertThat(absent).as("classes and methods of %s", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachTestThatIsNamedExists(Page page) {
        List<String> absent = page.code().stream().filter(code -> TEST.matcher(code).matches() && !CLASSES.contains(code))
                .toList();

        assertThat(absent).as("tests of %s", page).isEmpty();
    }

    @Test
    void eachClassAndFileOfTheArchitectureExists() {
        List<String> absent = ARCHITECTURE.code().stream().filter(code -> {
            Matcher simple = SIMPLE.matcher(code);
            return simple.matches() ? !CLASSES.contains(simple.group(1)) : FILE.matcher(code).matches() && !isFile(code);
        }).toList();

        assertThat(absent).as("classes and files of %s", ARCHITECTURE).isEmpty();
    }

    /** As {@code endpoint.LedgerProducer}: the drawings leave the room's first word out. */
    @Test
    void eachClassOfTheDrawingsExists() {
        List<String> absent = Pattern.compile("\\b[a-z]+\\.([A-Z]\\w+)").matcher(ARCHITECTURE.drawings()).results()
                .map(name -> name.group(1)).filter(name -> !CLASSES.contains(name)).toList();

        assertThat(absent).as("classes in the drawings of %s", ARCHITECTURE).isEmpty();
    }

    @Test
    void eachRoomAndEachPackageBesideTheHubStandsInTheArchitecture() throws IOException {
        Map<String, Object> rooms = new Yaml().load(Files.readString(Path.of("src/test/resources/architecture/rooms.yaml")));
        Path simulators = Path.of("simulators/java");
        List<String> beside;
        try (Stream<Path> files = Files.walk(simulators)) {
            beside = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> simulators.relativize(file.getParent()).toString().replace('/', '.')).distinct().toList();
        }

        assertThat(ARCHITECTURE.code()).containsAll(rooms.keySet()).containsAll(beside);
    }

    /** A promise without one is a wish. */
    @Test
    void eachPromiseHasACheckThatCanFail() {
        String violations = Page.of(Path.of("simulators/java/chaos/Violation.java")).text();
        List<String> promises = Arrays.stream(Page.of(Path.of("docs/guarantees.md")).text().split("(?m)^##+ "))
                .filter(section -> section.matches("(?s)\\d+\\. .*")).toList();

        assertThat(promises).hasSizeGreaterThanOrEqualTo((int) README.text().lines()
                .filter(line -> line.matches("\\d+\\. .*")).count());
        assertThat(promises).allSatisfy(promise -> {
            assertThat(promise).containsPattern("Checked by `" + TEST.pattern() + "`");
            assertThat(promise.substring(promise.indexOf("chaos:")).split("\\W+"))
                    .filteredOn(word -> word.matches("[A-Z_]{3,}")).isNotEmpty()
                    .allSatisfy(kind -> assertThat(violations).containsPattern("\\b" + kind + "\\b,?\\n"));
        });
    }

    private static boolean leads(Page page, String link) {
        URI target = URI.create(link);
        Path file = target.getPath().isEmpty() ? page.file()
                : Path.of("").resolve(page.file()).resolveSibling(target.getPath()).normalize();
        return Files.exists(file) && (target.getFragment() == null
                || Page.of(file).anchors().contains(target.getFragment()));
    }

    private static boolean isClass(String packages, String name, String member) {
        String path = packages.replace('.', '/') + name + ".java";
        return SOURCES.stream().map(source -> source.resolve(path)).filter(Files::exists)
                .anyMatch(file -> member == null || Page.of(file).text().matches("(?s).*\\b" + member + "\\b.*"));
    }

    private static boolean isFile(String path) {
        return Stream.concat(SOURCES.stream(), Stream.of(Path.of(""), Path.of("src/main/resources/static")))
                .anyMatch(folder -> Files.exists(folder.resolve(path)));
    }

    private static Set<String> classes() {
        return SOURCES.stream().flatMap(source -> {
            try (Stream<Path> files = Files.walk(source)) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                        .map(name -> name.replace(".java", "")).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).collect(Collectors.toSet());
    }
}
