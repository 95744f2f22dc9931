package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResourceUsageTest {

    /** As when a session of PostgreSQL ends, of which each was a process. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAChildOfTheDatabaseUsedStillCountsWhenItHasEnded() throws Exception {
        Process database = new ProcessBuilder("bash", "-c",
                "(for ((i = 0; i < 300000; i++)); do :; done; echo busy; read -r; echo ending); echo ended; read -r").start();
        try (BufferedReader said = database.inputReader(); OutputStream told = database.getOutputStream()) {
            Map<String, ProcessHandle> processes = Map.of("postgresql", database.toHandle());
            assertThat(said.readLine()).isEqualTo("busy");
            ResourceUsage whileItRan = ResourceUsage.of(processes);

            told.write('\n');
            told.flush();
            assertThat(said.readLine()).isEqualTo("ending");
            assertThat(said.readLine()).isEqualTo("ended");

            assertThat(whileItRan.seconds().get("postgresql")).isGreaterThan(0.1);
            assertThat(ResourceUsage.of(processes).since(whileItRan).get("postgresql")).isNotNegative().isLessThan(0.1);
        } finally {
            database.destroyForcibly();
        }
    }
}
