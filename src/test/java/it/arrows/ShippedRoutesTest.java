package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.Test;
import testbed.ShippedRoutes;

/** {@code routes.yaml} as a file that people edit and programs compare: one way to write a route, and no other. */
class ShippedRoutesTest {

    /** Options that count. Every other number would be a duration without its unit. */
    private static final Set<String> COUNTS = Set.of("batch", "retries");
    private static final Set<String> COMPONENTS = Set.of("direct", "rest", "kafka", "ledger", "pull", "call");

    @Test
    void everyEntryIsOneRouteWithIdGroupDescriptionFromAndSteps() {
        assertThat(ShippedRoutes.entries()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry).containsOnlyKeys("route");
            Map<String, Object> route = ShippedRoutes.child(entry, "route");
            assertThat(route).containsOnlyKeys("id", "group", "description", "from");
            assertThat(ShippedRoutes.child(route, "from")).containsKeys("uri", "steps")
                    .hasSizeBetween(2, 3).satisfies(from -> assertThat(Set.of("uri", "parameters", "steps"))
                            .containsAll(from.keySet()));
        });
    }

    @Test
    void idsAreUniqueAndDescriptionsNameTheLifelines() {
        assertThat(ShippedRoutes.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
        assertThat(ShippedRoutes.routes()).extracting(route -> (String) route.get("description"))
                .allMatch(description -> description.matches("(支付|订单|咖啡师|配送|商城)→(支付|订单|咖啡师|配送|商城) \\S.*"));
    }

    /** Half a second, the schema being 580 kB: it is Camel's own, for its canonical form without any short-hand. */
    @Test
    void itIsCanonicalByCamelsOwnSchema() throws IOException {
        try (InputStream schema = YamlRoutesBuilderLoader.class.getResourceAsStream(
                "/schema/camelYamlDsl-canonical.json")) {
            String routes = new String(Json.write(ShippedRoutes.entries()), StandardCharsets.UTF_8);

            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(schema, InputFormat.JSON).validate(routes, InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void addressesStandInUrisAndOptionsInParameters() {
        assertThat(ShippedRoutes.endpoints(Map.of("all", ShippedRoutes.routes()))).isNotEmpty().allSatisfy(endpoint -> {
            assertThat((String) endpoint.get("uri")).doesNotContain("?");
            assertThat(((String) endpoint.get("uri")).split(":")[0]).isIn(COMPONENTS);
        });
    }

    @Test
    void durationsHaveTheirUnits() {
        assertThat(ShippedRoutes.endpoints(Map.of("all", ShippedRoutes.routes()))).allSatisfy(endpoint ->
                parameters(endpoint).forEach((name, value) -> {
                    if (!COUNTS.contains(name)) {
                        assertThat(String.valueOf(value)).as(name + " in " + endpoint).doesNotMatch("\\d+");
                    }
                }));
    }

    @Test
    void theTopicsOfTheRoutesAreThoseThatTheHubCreates() {
        Map<String, Object> configuration = ShippedRoutes.resource("/application.yaml");
        Map<String, Object> kafka = ShippedRoutes.child(ShippedRoutes.child(configuration, "hub"), "kafka");
        List<String> named = ShippedRoutes.endpoints(Map.of("all", ShippedRoutes.routes())).stream()
                .map(endpoint -> (String) endpoint.get("uri")).filter(uri -> uri.startsWith("kafka:"))
                .map(uri -> uri.substring("kafka:".length())).collect(Collectors.toList());

        assertThat(named).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(ShippedRoutes.child(kafka, "topics").keySet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parameters(Map<String, Object> endpoint) {
        return (Map<String, Object>) endpoint.getOrDefault("parameters", Map.of());
    }
}
