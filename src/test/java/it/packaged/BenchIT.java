package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import bench.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shortest runs of {@code ./hub bench}: their figures mean nothing, but there they are. */
@Tag("packaged")
class BenchIT {

    private static final Path DIRECTORY = Path.of("target", "bench");

    @Test
    @Tag("long")
    void aRunMeasuresTheHubBesideAControlAndEveryOrderIsSettledOnce() {
        JsonNode report = reportOf("limits,hub,outbox");
        assertThat(report.at("/hub/ordersPerSecond").asDouble()).isBetween(20.0, 60.0);
        assertThat(report.at("/control/outbox/ordersPerSecond").asDouble()).isBetween(20.0, 60.0);
        assertThat(report.path("ratios").isObject()).isTrue();
        assertThat(report.path("ratios")).as("of rates that were given").isEmpty();
        assertThat(DIRECTORY.resolve("growth.svg")).content().contains("<circle", ">hub<", ">outbox<");
        for (String figure : new String[] {"/hub/callbackMs/p99", "/hub/toTopicMs/p99", "/hub/eventToLedgerMs/p99",
                "/hub/cpuMicrosPerOrder/hub", "/hub/cpuMicrosPerOrder/postgresql",
                "/hub/walBytesPerOrder", "/hub/kafkaBytesPerOrder", "/limits/kafkaProducedPerSecond",
                "/limits/ordersPerSecond"}) {
            assertThat(report.at(figure).asDouble()).as(figure).isPositive();
        }
    }

    @Test
    @Tag("long")
    void aControlCanBeMeasuredWithoutAHub() {
        assertThat(reportOf("outbox").at("/control/outbox/ordersPerSecond").asDouble()).isBetween(20.0, 60.0);
    }

    @Test
    void theHubAloneCanBeMeasuredAndEveryOrderIsSettledOnce() {
        assertThat(reportOf("hub").at("/hub/ordersPerSecond").asDouble()).isBetween(20.0, 60.0);
    }

    private static JsonNode reportOf(String parts) {
        try (Program bench = Program.main(Bench.class, Map.of(), "--quick", "--seconds", "2", "--rate", "40",
                "--parts", parts)) {
            int exit = bench.exitWithin(Duration.ofMinutes(4));
            assertThat(exit).as("exit of\n" + bench.said()).isZero();
            JsonNode report = new JsonMapper().readTree(DIRECTORY.resolve("report.json").toFile());
            assertThat(report.path("right").asBoolean()).isTrue();
            return report;
        }
    }
}
