package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServedTest {

    @Test
    void aHubIsMeasuredWithTheJavaOptionsThatItIsServedWith() {
        assertThat(Path.of("hub")).content().contains("\nserved_java_options='" + Bench.HUB_JAVA + "'\n");
    }
}
