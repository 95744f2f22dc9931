package testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedHubIT {

    @TempDir
    private Path directory;

    @Test
    void aHubThatDoesntStartLeavesNoServerBehind() {
        assertThatThrownBy(() -> new SharedHub(directory, Map.of("server.port", "none"))).hasStackTraceContaining("server.port");

        assertThat(directory.resolve("postgresql").resolve("initialized")).as("it had been started").exists();
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info().commandLine().orElse("")
                .contains(directory.toString()))).isEmpty();
    }
}
