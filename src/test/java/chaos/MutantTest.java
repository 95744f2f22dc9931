package chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes still fit the sources that they are put into. */
class MutantTest {

    private static final Path SOURCES = Path.of("src", "main");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("mutants")
    void everyMutantFitsTheSources(Mutant mutant) {
        new MutantBuilder(SOURCES, directory).copy(mutant);
    }

    static List<Mutant> mutants() {
        return Mutant.all();
    }

    @ParameterizedTest
    @MethodSource("mutantsInJava")
    void everyMutantCompiles(Mutant mutant) {
        Path classes = new MutantBuilder(SOURCES, directory).make(mutant);

        assertThat(classes.resolve("hub/Hub.class")).exists();
        assertThat(classes.resolve("application.yaml")).exists();
    }

    static List<Mutant> mutantsInJava() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.edits().stream().anyMatch(SourceEdit.Replace.class::isInstance)).toList();
    }

    @Test
    void aMutantWithoutAPullKeepsAllOtherRoutes() throws Exception {
        Path copy = new MutantBuilder(SOURCES, directory).copy(new Mutant("m", "",
                List.of(new SourceEdit.WithoutRoute("pull-made")), List.of()));

        List<String> before = ids(SOURCES.resolve("resources/routes.yaml"));
        List<String> after = ids(copy.resolve("resources/routes.yaml"));
        assertThat(before).contains("    id: pull-made");
        assertThat(after).containsExactlyElementsOf(
                before.stream().filter(id -> !id.equals("    id: pull-made")).toList());
    }

    @Test
    void aTextThatIsNoLongerThereFailsTheMutant() {
        assertThatThrownBy(() -> make(new SourceEdit.Replace("java/hub/Hub.java", "no such text", "")))
                .hasMessageContaining("java/hub/Hub.java no longer has");
        assertThatThrownBy(() -> make(new SourceEdit.Replace("java/hub/Hub.java", "Hub", "")))
                .hasMessageContaining("more than once");
        assertThatThrownBy(() -> make(new SourceEdit.WithoutRoute("no-such-route")))
                .hasMessageContaining("no longer has the route no-such-route");
    }

    private void make(SourceEdit edit) {
        new MutantBuilder(SOURCES, directory).copy(new Mutant("m", "", List.of(edit), List.of()));
    }

    private static List<String> ids(Path routes) throws Exception {
        return Files.readAllLines(routes).stream().filter(line -> line.startsWith("    id: ")).toList();
    }
}
