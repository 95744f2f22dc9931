package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** In the pipeline of the ops' own repository, where no hub is. */
class CheckCommandTest {

    private static final Path SHIPPED = Path.of("src", "main", "resources", "routes.yaml");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aGoodEditEndsWith0AndSaysWhatItMeans() throws IOException {
        assertThat(check("timeout: 800ms", "timeout: 1s")).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("`confirm-barista-eta` will wait 1s instead of 800ms for an answer",
                "It may be applied");
    }

    @Test
    void aBadEditEndsWith1AndShowsTheLine() throws IOException {
        assertThat(check("timeout: 800ms", "timeout: 800")).isEqualTo(1);
        assertThat(out.toString()).contains("routes.yaml:", "timeout: 800\n", "^", "It can't be applied as it is.");
    }

    @Test
    void programsReadItAsJson() throws IOException {
        assertThat(check("timeout: 800ms", "timeout: 800", "--json")).isEqualTo(1);
        assertThat(new JsonMapper().readTree(out.toString()).at("/findings/0/severity").asString()).isEqualTo("ERROR");
    }

    @Test
    void whatOnlyTheHubKnowsIsANoteAndNoFailure() {
        assertThat(run("check", Path.of("examples", "loyalty", "routes.yaml").toString())).isEqualTo(1);
        assertThat(out.toString()).as("it would take the place of routes.yaml").contains("is missing");
    }

    @Test
    void anAddedFileIsCheckedBesideTheShippedOne() throws IOException {
        Path added = Files.copy(Path.of("examples", "loyalty", "routes.yaml"), folder.resolve("loyalty.yaml"));

        assertThat(run("check", added.toString())).as(out + "" + err).isZero();
        assertThat(out.toString()).contains("note: nothing is known of {{loyalty.url}}", "`loyalty` is new");
        assertThat(run("check", added.toString(), "--property", "loyalty.url=http://points.example")).isZero();
    }

    @Test
    void aWrongCommandLineEndsWith2() {
        assertThat(run("check")).isEqualTo(2);
        assertThat(run("check", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
        assertThat(run("chekc")).isEqualTo(2);
    }

    private int check(String shipped, String edited, String... options) throws IOException {
        String text = Files.readString(SHIPPED);
        Path file = Files.writeString(folder.resolve("routes.yaml"), text.replaceFirst(shipped, edited));
        String[] arguments = new String[options.length + 2];
        arguments[0] = "check";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        return Routes.run(arguments, null, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
