package cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import contract.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testbed.HubClient;
import testbed.SharedHub;

/** The command line against a hub that runs. */
class RemoteCommandsIT {

    @TempDir
    Path folder;

    private final SharedHub bed = SharedHub.shared();
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
    void whatSomebodyElseAppliedAfterTheLookIsNotOverwritten() throws IOException {
        Path mine = routes("timeout: 800ms", "timeout: 810ms");
        assertThat(run("diff", mine.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("with --base 0");
        asSomebodyElse();

        assertThat(run("apply", mine.toString(), "--base", "0", "--reason", "mine")).isEqualTo(1);
        assertThat(err.toString()).contains("is in force, and this was made from revision 0");
        assertThat(inForce()).contains("timeout: 820ms");

        assertThat(run("apply", mine.toString(), "--reason", "mine all the same")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("`confirm-barista-eta` will wait 810ms instead of 820ms for an answer");
        assertThat(inForce()).contains("timeout: 810ms");
        assertThat(run("rollback", "0", "--reason", "a test")).isZero();
    }

    @Test
    void norIsWhatSomebodyElseAppliesBetweenTheCommandsOwnLookAndItsEdit() throws IOException {
        Path mine = routes("timeout: 800ms", "timeout: 810ms");
        HttpServer way = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        way.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/api/routes/tune")) {
                asSomebodyElse();
            }
            HubClient.Reply reply = bed.client().send(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestBody().readAllBytes(), Map.of("Content-Type", "application/json", "Authorization",
                            exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
            exchange.close();
        });
        way.start();
        try {
            assertThat(runAt("http://127.0.0.1:" + way.getAddress().getPort(), "tune", mine.toString(), "--reason", "mine"))
                    .isEqualTo(1);
        } finally {
            way.stop(0);
        }
        assertThat(out.toString()).contains("`confirm-barista-eta` will wait 810ms instead of 800ms for an answer");
        assertThat(err.toString()).contains("is in force, and this was made from revision 0");
        assertThat(inForce()).contains("timeout: 820ms");
        assertThat(run("rollback", "0", "--reason", "a test")).isZero();
    }

    private void asSomebodyElse() throws IOException {
        assertThat(bed.client().post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("reason", "theirs", "files", List.of(
                Map.of("name", "routes.yaml", "text", text("timeout: 800ms", "timeout: 820ms")))))).status()).isEqualTo(200);
    }

    private String inForce() {
        return bed.client().get("/api/routes/files", SharedHub.VIEWER).text();
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
        assertThat(Routes.run(new String[] {"list", "--url", "http://127.0.0.1:1"}, SharedHub.DEPLOYER,
                new PrintWriter(out, true), new PrintWriter(err, true))).isEqualTo(3);
        assertThat(err.toString()).contains("no hub answers at http://127.0.0.1:1");
    }

    private Path routes(String shipped, String edited) throws IOException {
        return Files.writeString(folder.resolve("routes.yaml"), text(shipped, edited));
    }

    private static String text(String shipped, String edited) throws IOException {
        return Files.readString(Path.of("src", "main", "resources", "routes.yaml")).replaceFirst(shipped, edited);
    }

    private int run(String... arguments) {
        return runAt(bed.client().url(), arguments);
    }

    private int runAt(String url, String... arguments) {
        String[] all = Stream.concat(Arrays.stream(arguments), Stream.of("--url", url)).toArray(String[]::new);
        return Routes.run(all, SharedHub.DEPLOYER, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
