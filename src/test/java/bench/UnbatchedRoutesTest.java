package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class UnbatchedRoutesTest {

    @Test
    void everyBatchIsOfOneAndTheRoutesAreTheSameOnes() throws IOException {
        String shipped = Files.readString(Path.of("src/main/resources/routes.yaml"));
        String unbatched = UnbatchedRoutes.of(shipped);
        List<?> routes = new Yaml().load(unbatched);
        assertThat(routes).hasSameSizeAs((List<?>) new Yaml().load(shipped));
        assertThat(unbatched.lines().filter(line -> line.matches(" +batch: \\d+")))
                .hasSizeGreaterThan(5).allMatch(line -> line.endsWith("batch: 1"));
        assertThat(unbatched.lines().filter(line -> line.matches(" {6}uri: kafka:.*")).count())
                .isEqualTo(unbatched.lines().filter(line -> line.endsWith("maxPollRecords: 1")).count()).isPositive();
    }

    @Test
    void nothingWaitsForOthersThatCanNotComeAlong() throws IOException {
        List<String> unbatched = UnbatchedRoutes.of(Files.readString(Path.of("src/main/resources/routes.yaml"))).lines().toList();
        assertThat(unbatched.stream().filter(line -> line.matches(" {12}uri: ledger:.*")).count())
                .isEqualTo(unbatched.stream().filter(line -> line.endsWith("linger: 0ms")).count()).isPositive();
        assertThat(UnbatchedRoutes.settings(Path.of("routes.yaml"))).containsEntry("hub.kafka.properties.linger.ms", "0")
                .containsEntry("hub.kafka.properties.fetch.min.bytes", "1");
    }

    @Test
    void routesThatLookDifferentAreNotTakenForUnbatched() {
        assertThatThrownBy(() -> UnbatchedRoutes.of("- route:\n    id: x\n")).hasMessageContaining("only 0 places");
    }
}
