package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import chaos.Chaos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./hub chaos}: hubs, broker and database are killed under load. */
@Tag("packaged")
class ChaosIT {

    private static final Path REPORT = Path.of("target", "chaos", "report.json");

    @Test
    @Tag("long")
    void whateverIsKilledInAMinuteNoOrderIsLostAndNoneIsMadeTwice() {
        JsonNode report = kept("--minutes", "1", "--seed", "7", "--rate", "20");

        assertThat(report.path("acknowledged").asLong()).isGreaterThan(60 * 20 / 2);
        assertThat(report.path("unmetSometimes")).isEmpty();
        assertThat(report.path("nemeses")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(report.path("repairedByPull")).hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(repaired -> assertThat(repaired.asLong()).isPositive());
    }

    /** Too short to meet all that a run is to meet, which it says. */
    @Test
    void whenAHubAndTheDatabaseAreKilledNoOrderIsLostAndNoneIsMadeTwice() {
        JsonNode report = kept("--minutes", "0.3", "--rate", "20", "--only", "hub killed", "--only", "database killed");

        assertThat(report.path("acknowledged").asLong()).isPositive();
        assertThat(report.path("nemeses")).isNotEmpty();
    }

    private static JsonNode kept(String... options) {
        try (Program chaos = Program.main(Chaos.class, Map.of(), options)) {
            int exit = chaos.exitWithin(Duration.ofMinutes(6));
            JsonNode report = new JsonMapper().readTree(REPORT.toFile());
            assertThat(exit).as("exit of\n" + chaos.said()).isEqualTo(report.path("unmetSometimes").isEmpty() ? 0 : 1);
            assertThat(report.path("lost").asLong(-1)).isZero();
            assertThat(report.path("doubled").asLong(-1)).isZero();
            assertThat(report.path("violations")).isEmpty();
            assertThat(report.path("settled").asLong()).isGreaterThanOrEqualTo(report.path("acknowledged").asLong());
            assertThat(report.path("tickets").asLong()).isPositive();
            assertThat(report.path("notes").asLong()).isPositive();
            assertThat(report.path("nemeses"))
                    .allSatisfy(nemesis -> assertThat(nemesis.path("tookEffect").asBoolean()).isTrue());
            return report;
        }
    }
}
