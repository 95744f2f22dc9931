package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import chaos.Chaos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import testbed.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A minute of {@code ./hub chaos}: hubs, broker and database are killed under load. */
class ChaosIT {

    private static final Path REPORT = Path.of("target", "chaos", "report.json");

    @Test
    void whateverIsKilledNoOrderIsLostAndNoneIsMadeTwice() {
        try (Program chaos = Program.main(Chaos.class, Map.of(), "--minutes", "1", "--seed", "7", "--rate", "20")) {
            int exit = chaos.exitWithin(Duration.ofMinutes(6));
            assertThat(exit).as("exit of\n" + chaos.said()).isZero();

            JsonNode report = new JsonMapper().readTree(REPORT.toFile());
            assertThat(report.path("lost").asLong(-1)).isZero();
            assertThat(report.path("doubled").asLong(-1)).isZero();
            assertThat(report.path("acknowledged").asLong()).isGreaterThan(60 * 20 / 2);
            assertThat(report.path("settled").asLong()).isGreaterThanOrEqualTo(report.path("acknowledged").asLong());
            assertThat(report.path("tickets").asLong()).isPositive();
            assertThat(report.path("notes").asLong()).isPositive();
            assertThat(report.path("violations")).isEmpty();
            assertThat(report.path("unmetSometimes")).isEmpty();
            assertThat(report.path("nemeses")).hasSizeGreaterThanOrEqualTo(6)
                    .allSatisfy(nemesis -> assertThat(nemesis.path("tookEffect").asBoolean()).isTrue());
            assertThat(report.path("repairedByPull")).hasSizeGreaterThanOrEqualTo(7)
                    .allSatisfy(repaired -> assertThat(repaired.asLong()).isPositive());
        }
    }
}
