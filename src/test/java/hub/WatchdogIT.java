package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.SharedHub;

class WatchdogIT {

    @Test
    void aHubThatHasLostAThreadThatItCanNotDoWithoutIsNotAlive() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ServerThreads server;
        try (ConfigurableApplicationContext context = SharedHub.shared().startHub(Map.of("camel.main.name", "watchdog",
                "hub.watchdog.ends-after", "1h"))) {
            HubClient hub = SharedHub.shared().client(context);
            server = context.getBean(ServerThreads.class);
            assertThat(server.ended()).isEmpty();
            assertThat(hub.get("/livez", null).status()).isEqualTo(200);

            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("Ledger-sent") && !before.contains(thread))
                    .forEach(Thread::interrupt);

            await().untilAsserted(() -> assertThat(hub.get("/livez", null).status()).isEqualTo(503));
        }
        await().untilAsserted(() -> assertThat(server.ended()).hasSize(2));
    }
}
