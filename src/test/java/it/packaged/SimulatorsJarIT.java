package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.ExternalServers;
import testbed.Jars;
import testbed.Program;

/** The simulators as a jar that runs alone, beside a deployed hub. */
@Tag("packaged")
class SimulatorsJarIT {

    private static final String JAR = "lucky-hub-simulators.jar";

    @Test
    void itHoldsTheSimulatorsAndTheContractAndNothingOfTheHub() {
        List<String> entries = Jars.entries(JAR);

        assertThat(entries).contains("simulators/Main.class", "contract/OrderPaid.class");
        assertThat(entries).noneMatch(entry -> entry.matches("(hub|routes|ledger|stage|testbed|kafka"
                + "|org/springframework|org/apache/camel|org/junit|io/zonky)/.*\\.class"));
        assertThat(entries).as("tests").noneMatch(entry -> entry.matches("simulators/.*(Test|IT)(\\$.*)?\\.class"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"barista", "dispatch", "payment", "loyalty", "shop", "balance"})
    void eachCommandExplainsItself(String command) {
        try (Program program = Program.jar(JAR, Map.of(), command, "--help")) {
            assertThat(program.exitWithin(Duration.ofSeconds(60))).isZero();
            assertThat(program.said()).contains("Usage:").contains(command);
        }
    }

    @Test
    void aBaristaRunsAsAProcessOfItsOwnAndEndsInOrder(@TempDir Path journals) throws Exception {
        try (Program barista = Program.jar(JAR, Map.of(), "barista", "--brokers", ExternalServers.broker().brokers(),
                "--journal", journals.toString())) {
            String url = barista.awaitSaying(Pattern.compile("barista listens at (\\S+)"), Duration.ofSeconds(60));

            assertThat(get(url + "/healthz").statusCode()).isEqualTo(200);
            assertThat(journals.resolve("barista.jsonl")).exists();

            barista.tellToEnd();
            assertThat(barista.exitWithin(Duration.ofSeconds(30))).isEqualTo(143);
        }
    }

    @Test
    void aFaultThatIsNoneIsRefusedWithTheListOfThoseThereAre(@TempDir Path journals) {
        try (Program barista = Program.jar(JAR, Map.of(), "barista", "--brokers", "127.0.0.1:1", "--journal",
                journals.toString(), "--fault", "boredom=0.5")) {
            assertThat(barista.exitWithin(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(barista.said()).contains("lose").contains("double");
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
