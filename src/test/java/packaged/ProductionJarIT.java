package packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes to production, and what does not. */
class ProductionJarIT {

    private final List<String> entries = Jars.entries("lucky-hub.jar");

    @Test
    void itHoldsTheHubItsRoutesItsContractAndItsMigrations() {
        assertThat(entries).contains("BOOT-INF/classes/hub/Hub.class", "BOOT-INF/classes/routes.yaml",
                "BOOT-INF/classes/application.yaml", "BOOT-INF/classes/contract/openapi.yaml",
                "BOOT-INF/classes/contract/OrderRequest.class", "BOOT-INF/classes/ledger/Ledger.class",
                "BOOT-INF/classes/db/migration/V1__ledger.sql");
    }

    @Test
    void itsClassesAreTheHubsAlone() {
        assertThat(entries).filteredOn(entry -> entry.startsWith("BOOT-INF/classes/") && entry.endsWith(".class"))
                .allMatch(entry -> entry.matches("BOOT-INF/classes/(hub|routes|edits|cli|ledger|contract)/[^/]+"));
    }

    @Test
    void itHoldsNoSimulatorAndNoStage() {
        assertThat(entries).noneMatch(entry -> entry.matches(".*\\b(simulators|stage|testbed)/.*"));
    }

    @Test
    void itHoldsNoEmbeddedBrokerNoEmbeddedDatabaseAndNothingOfTests() {
        assertThat(libraries()).contains("kafka-clients", "postgresql", "codemirror", "uplot")
                .noneMatch(name -> name.matches("kafka_2\\.13|kafka-(?!clients).*"))
                .noneMatch(name -> name.contains("embedded"))
                .noneMatch(name -> name.matches("(junit|jqwik|assertj|awaitility|archunit|camel-yaml-io).*"));
        assertThat(entries).noneMatch(entry -> entry.endsWith(".txz") || entry.contains("/io/zonky/"));
    }

    private List<String> libraries() {
        return entries.stream().filter(entry -> entry.startsWith("BOOT-INF/lib/"))
                .map(entry -> entry.replaceAll("BOOT-INF/lib/(.*?)-\\d[^/]*\\.jar", "$1")).toList();
    }
}
