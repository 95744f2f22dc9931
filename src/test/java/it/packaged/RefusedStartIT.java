package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import embedded.Ports;
import hub.Hub;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.ExternalServers;
import testbed.Program;
import testbed.SharedHub;

/** A hub that can't start says why in one sentence, which is the last that it says, and no secret. */
@Tag("packaged")
class RefusedStartIT {

    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Test
    void keysAsADashboardShowsThem() {
        String said = refused(Map.of("HUB_CALLBACK_KEYS", "v1," + SharedHub.KEYS.get(0)), ExternalServers.database().url());

        assertThat(said).contains("\nhub.callback.keys (HUB_CALLBACK_KEYS) has an element that doesn't begin with whsec_")
                .doesNotContain(SharedHub.KEYS.get(0));
    }

    @Test
    void aShortToken() {
        String said = refused(Map.of("HUB_TOKEN", "letmein"), ExternalServers.database().url());

        assertThat(said).contains("\nhub.tokens.operator (HUB_TOKEN) has fewer than 24 characters")
                .doesNotContain("letmein");
    }

    @Test
    void noDatabase() {
        String said = refused(Map.of(), "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/hub");

        assertThat(said).contains("try 2 of 6").containsPattern("\nPostgreSQL at 127.0.0.1:\\d+/hub for the user \\w+ takes "
                + "no connections: .*, and start the hub again\n");
    }

    /** @return what it said */
    private static String refused(Map<String, String> different, String database) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "SPRING_DATASOURCE_PASSWORD", ExternalServers.database().password(),
                "HUB_CALLBACK_KEYS", String.join(",", SharedHub.KEYS)));
        environment.putAll(different);
        try (Program hub = Program.main(Hub.class, environment, "--server.port=0", "--management.server.port=0",
                "--hub.kafka.brokers=127.0.0.1:9", "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + ExternalServers.database().user())) {
            assertThat(hub.exitWithin(LONGEST)).isEqualTo(1);
            String said = hub.said();
            assertThat(said.lines()).noneMatch(line -> line.startsWith("\tat ")).noneMatch(line -> line.length() > 600);
            List<String> end = said.strip().lines().toList();
            assertThat(end.get(end.size() - 1)).endsWith("start the hub again");
            return said;
        }
    }
}
