package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class BenchTopicsTest {

    @Test
    void aControlHasTheTopicsThatTheHubWouldMake() throws IOException {
        Map<String, Map<String, Object>> made = madeByTheHub();
        assertThat(BenchTopics.ALL).isEqualTo(made.keySet());
        assertThat(made.values()).allSatisfy(topic -> assertThat(topic).containsEntry("partitions", BenchTopics.PARTITIONS));
    }

    private static Map<String, Map<String, Object>> madeByTheHub() throws IOException {
        Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>> settings =
                new Yaml().load(Files.readString(Path.of("src/main/resources/application.yaml")));
        return settings.get("hub").get("kafka").get("topics");
    }
}
