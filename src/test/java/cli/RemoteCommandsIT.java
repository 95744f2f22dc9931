package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testbed.Bed;

/** The command line against a hub that runs. */
class RemoteCommandsIT {

    @TempDir
    Path folder;

    private final Bed bed = Bed.shared();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anEditIsLookedAtAppliedSeenAndRolledBack() throws IOException {
        Path file = routes("timeout: 800ms", "timeout: 810ms");

        assertThat(run("diff", file.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("`confirm-barista-eta` will wait 810ms instead of 800ms for an answer");
        assertThat(run("apply", file.toString(), "--reason", "slow line")).as(err.toString()).isZero();
        assertThat(run("show", "routes.yaml")).isZero();
        assertThat(out.toString()).contains("timeout: 810ms");
        assertThat(run("pause", "pull-express", "--reason", "maintenance")).as(err.toString()).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString()).containsPattern("PAUSED +pull-express").containsPattern("RUNNING +push-order");
        assertThat(run("resume", "pull-express", "--reason", "done")).isZero();
        assertThat(run("rollback", "0", "--reason", "it is quick again")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("revision 0 is in force");
        assertThat(run("revisions")).isZero();
        assertThat(out.toString()).contains("rollback  it is quick again", "apply  slow line");
    }

    @Test
    void whatIsRefusedEndsWith1AndSaysWhatToChange() throws IOException {
        Path file = routes("timeout: 800ms", "timeout: 800");

        assertThat(run("apply", file.toString(), "--reason", "a test")).isEqualTo(1);
        assertThat(err.toString()).contains("routes.yaml:", "timeout can't be '800'", "^");
        assertThat(run("diff", file.toString())).isEqualTo(1);
        assertThat(run("rollback", "999999", "--reason", "a test")).isEqualTo(1);
        assertThat(run("pause", "nothing", "--reason", "a test")).isEqualTo(1);
        assertThat(run("apply", "--remove", "nothing.yaml", "--reason", "a test")).isEqualTo(1);
    }

    @Test
    void withoutAReasonOrAFileNothingIsAsked() {
        assertThat(run("apply", "x.yaml")).isEqualTo(2);
        assertThat(run("apply", folder.resolve("none.yaml").toString(), "--reason", "a test")).isEqualTo(2);
        assertThat(run("rollback", "x", "--reason", "a test")).isEqualTo(2);
    }

    @Test
    void noHubOrNotToThisTokenEndsWith3() {
        assertThat(Routes.run(new String[] {"list", "--url", bed.client().url()}, "unknown", new PrintWriter(out, true),
                new PrintWriter(err, true))).isEqualTo(3);
        assertThat(err.toString()).contains("401", "HUB_TOKEN");
        assertThat(Routes.run(new String[] {"list", "--url", "http://127.0.0.1:1"}, Bed.DEPLOYER,
                new PrintWriter(out, true), new PrintWriter(err, true))).isEqualTo(3);
        assertThat(err.toString()).contains("no hub answers at http://127.0.0.1:1");
    }

    private Path routes(String shipped, String edited) throws IOException {
        String text = Files.readString(Path.of("src", "main", "resources", "routes.yaml"));
        return Files.writeString(folder.resolve("routes.yaml"), text.replaceFirst(shipped, edited));
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(Arrays.stream(arguments), Stream.of("--url", bed.client().url()))
                .toArray(String[]::new);
        return Routes.run(all, Bed.DEPLOYER, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
