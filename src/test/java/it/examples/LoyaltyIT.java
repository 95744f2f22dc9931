package it.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.faults.Rule;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.loyalty.Loyalty;
import simulators.wire.Place;
import testbed.OrderLife;
import testbed.SeparateHub;
import testbed.SharedHub;

/** {@code examples/loyalty}: a fourth neighbour by a dozen lines of YAML, told of each settled order once. */
class LoyaltyIT {

    private static final Path ROUTES = Path.of("examples", "loyalty", "routes.yaml");

    @TempDir
    Path folder;

    private Loyalty loyalty;
    private SeparateHub alone;

    @AfterEach
    void end() {
        alone.close();
        loyalty.close();
    }

    @Test
    void anAddedNeighbourLearnsOfEachOrderThatSettlesFromThenOnOnceThoughItsAnswersGetLost() throws Exception {
        loyalty = new Loyalty(Place.of(folder.resolve("loyalty.jsonl"), 1).withFaults(List.of(
                Rule.parse("error-500=0.4"), Rule.parse("time-out-but-applied=0.3:100ms"), Rule.parse("lose=0.2"))));
        alone = new SeparateHub("loyalty", Map.of("loyalty.url", loyalty.url().toString()));
        OrderLife before = paid().made().awaitSettled("MADE");
        OrderLife inFlight = paid().started().awaitMake("MAKING");

        PluginHelper.getRoutesLoader(alone.hub.getBean(CamelContext.class))
                .loadRoutes(ResourceHelper.fromString("loyalty.yaml", impatient(Files.readString(ROUTES))));
        inFlight.made().awaitSettled("MADE");
        List<OrderLife> after = List.of(paid().made(), paid().made(), paid().made(), paid().made(), paid().made());
        after.forEach(life -> life.awaitSettled("MADE"));

        await().untilAsserted(() -> assertThat(alone.jdbc().sql("SELECT count(*) FROM owed").query(Long.class)
                .single()).as("orders that the loyalty system has not acknowledged").isZero());
        assertThat(given()).containsExactlyInAnyOrderElementsOf(Stream.concat(
                Stream.of(inFlight), after.stream()).map(OrderLife::id).toList());
        assertThat(given()).as("owed from then on").doesNotContain(before.id());
        after.forEach(life -> assertThat(life.steps("loyalty")).endsWith("APPLIED"));
    }

    @Test
    void itTakesAboutADozenLines() throws IOException {
        loyalty = new Loyalty(Place.of(folder.resolve("loyalty.jsonl"), 1));
        alone = new SeparateHub("loyalty_shipped", Map.of("loyalty.url", loyalty.url().toString(),
                "camel.main.routes-include-pattern", "classpath:routes.yaml,file:" + ROUTES));
        OrderLife life = paid().made().awaitSettled("MADE");

        await().untilAsserted(() -> assertThat(given()).containsExactly(life.id()));
        assertThat(alone.client().arrow("loyalty").get("to").asString()).isEqualTo("会员");
        assertThat(Files.readAllLines(ROUTES).stream().filter(line -> !line.startsWith("#")).toList()).hasSizeLessThan(13);
    }

    @Test
    void aSecondNeighbourOfTheSameKindIsAnotherCopyOfTheLines() throws IOException {
        loyalty = new Loyalty(Place.of(folder.resolve("loyalty.jsonl"), 1));
        Path both = Files.writeString(folder.resolve("both.yaml"), Files.readString(ROUTES)
                + Files.readString(ROUTES).replace("id: loyalty", "id: accounting"));
        alone = new SeparateHub("loyalty_twice", Map.of("loyalty.url", loyalty.url().toString(),
                "camel.main.routes-include-pattern", "classpath:routes.yaml,file:" + both));
        OrderLife life = paid().made().awaitSettled("MADE");

        life.awaitStep("loyalty", "APPLIED").awaitStep("accounting", "APPLIED");
        assertThat(given()).containsExactly(life.id(), life.id());
    }

    @Test
    void whatTheAddedNeighbourDoesNotTakeIsListedAsStuckWithTheCause() throws IOException {
        loyalty = new Loyalty(Place.of(folder.resolve("loyalty.jsonl"), 1).withFaults(List.of(Rule.parse("error-500=1"))));
        Path routes = Files.writeString(folder.resolve("loyalty.yaml"), impatient(Files.readString(ROUTES)));
        alone = new SeparateHub("loyalty_stuck", Map.of("loyalty.url", loyalty.url().toString(),
                "camel.main.routes-include-pattern", "classpath:routes.yaml,file:" + routes,
                "hub.longest-stay.acknowledgement", "1s"));
        OrderLife life = paid().made().awaitSettled("MADE");
        String stuck = "/api/stuck?store=" + life.order().storeId();

        await().untilAsserted(() -> assertThat(alone.client().get(stuck, SharedHub.OPERATOR).json().get("orders").valueStream())
                .singleElement().satisfies(order -> {
                    assertThat(order.get("orderId").asString()).isEqualTo(life.id());
                    assertThat(order.get("awaits").asString()).isEqualTo("ACKNOWLEDGEMENT");
                    assertThat(order.get("arrow").asString()).isEqualTo("loyalty");
                    assertThat(order.get("cause").asString())
                            .matches("not acknowledged over loyalty for 0 min: it did not answer .*: status 500");
                }));
        assertThat(alone.client().get("/api/stuck?store=another", SharedHub.OPERATOR).json().get("orders")).isEmpty();
    }

    private OrderLife paid() {
        return OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP);
    }

    /** The orders that points were given for, by the loyalty system's own journal. */
    private List<String> given() {
        return loyalty.journal().entries().stream().filter(entry -> entry.what() == What.POINTS_GIVEN)
                .map(Entry::orderId).toList();
    }

    private static String impatient(String routes) {
        return routes.replace("every: 15s", "every: 1s").replace("age: 30s", "age: 500ms")
                .replace("backoff: 30s", "backoff: 300ms").replace("backoffMost: 10m", "backoffMost: 1s")
                .replace("timeout: 3s", "timeout: 500ms");
    }
}
