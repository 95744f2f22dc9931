package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.Jars;

/** What goes to production, and what does not. */
@Tag("packaged")
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
                .allMatch(entry -> entry.matches("BOOT-INF/classes/(cli|contract|edits|hub|launch|ledger|lifecycle|routes)/.*"));
    }

    @Test
    void itHoldsNoSimulatorNoEmbeddedServerAndNoDemo() {
        assertThat(entries).noneMatch(entry -> entry.matches(".*\\b(simulators|embedded|demo|testbed)/.*"));
    }

    @Test
    void itHoldsNoEmbeddedBrokerNoEmbeddedDatabaseAndNothingOfTests() {
        assertThat(libraries()).contains("kafka-clients", "postgresql", "codemirror", "uplot")
                .noneMatch(name -> name.matches("kafka_2\\.13|kafka-(?!clients).*"))
                .noneMatch(name -> name.contains("embedded"))
                .noneMatch(name -> name.matches("(junit|jqwik|assertj|awaitility|archunit|camel-yaml-io).*"));
        assertThat(entries).noneMatch(entry -> entry.endsWith(".txz") || entry.contains("/io/zonky/"));
    }

    /**
     * What a route could reach if it got past the check. Beside the hub's own components, routes use kafka, direct and rest;
     * a servlet serves rest, quartz ticks the pulls, and jdbc reads the history. Camel for Spring brings spring-event.
     */
    @Test
    void itHoldsNoComponentOfCamelThatRoutesDoNotUse() {
        assertThat(Jars.inLibraries("lucky-hub.jar", "META-INF/services/org/apache/camel/component/"))
                .containsExactlyInAnyOrder("direct", "jdbc", "kafka", "quartz", "rest", "rest-api", "servlet", "spring-event");
    }

    /** No route may use one; these come with camel-main and with Camel for Spring. */
    @Test
    void itHoldsNoLanguageAndNoDataFormatMoreThanCamelStartsWith() {
        assertThat(Jars.inLibraries("lucky-hub.jar", "META-INF/services/org/apache/camel/language/"))
                .containsExactlyInAnyOrder("constant", "csimple", "exchangeProperty", "file", "header", "ref", "simple", "spel",
                        "tokenize", "variable");
        assertThat(Jars.inLibraries("lucky-hub.jar", "META-INF/services/org/apache/camel/dataformat/")).isEmpty();
    }

    /** One way to connect to the database, and none to load classes from elsewhere: c3p0 can be made to do that. */
    @Test
    void itHoldsNoSecondConnectionPool() {
        assertThat(libraries()).contains("HikariCP").noneMatch(name -> name.matches("c3p0|mchange-.*|commons-dbcp.*"));
    }

    private List<String> libraries() {
        return entries.stream().filter(entry -> entry.startsWith("BOOT-INF/lib/"))
                .map(entry -> entry.replaceAll("BOOT-INF/lib/(.*?)-\\d[^/]*\\.jar", "$1")).toList();
    }
}
