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
        SharedHub shared = SharedHub.shared();
        // Those of the shared hub among them: it has a thread of the same name, and is to live on.
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ServerThreads server;
        try (ConfigurableApplicationContext context = shared.startHub(Map.of("camel.main.name", "watchdog",
                "hub.watchdog.ends-after", "1h"))) {
            HubClient hub = shared.client(context);
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
