package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.call.CallComponent;
import routes.endpoint.GuaranteedComponent;
import routes.endpoint.LedgerComponent;
import routes.endpoint.PullComponent;

/** The table of options against the Camel endpoints: a route file may give what they take, and nothing else. */
class RouteOptionsTest {

    /** A value that each option takes. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(Map.entry("every", "30s"),
            Map.entry("cron", "0/30+*+*+*+*+?"), Map.entry("age", "30s"), Map.entry("lease", "1m"),
            Map.entry("backoff", "30s"), Map.entry("backoffMost", "10m"), Map.entry("rate", "100/s"),
            Map.entry("batch", "100"), Map.entry("after", "500ms"), Map.entry("kind", "DELIVERY"),
            Map.entry("by", "store"), Map.entry("store", "store-7"), Map.entry("exceptStore", "store-7"),
            Map.entry("tag", "luckyorder_express"), Map.entry("source", "/barista"), Map.entry("linger", "5ms"),
            Map.entry("timeout", "800ms"), Map.entry("retries", "1"));

    @Test
    void everySetterOfAnEndpointOfTheHubsIsInTheTable() {
        assertThat(setters()).isEqualTo(SAMPLES.keySet()).isEqualTo(Stream.of("ledger", "pull", "guaranteed", "call")
                .flatMap(scheme -> inAFile(scheme).stream()).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @CsvSource({"FROM_LEDGER, ledger:made", "TO_LEDGER, ledger:made", "FROM_PULL, pull:ticket",
            "FROM_GUARANTEED, guaranteed:settled", "TO_CALL, call:http://barista.example/estimates"})
    void anEndpointTakesWhatAFileMaySay(OptionPlace place, String uri) throws Exception {
        try (CamelContext camel = camel()) {
            assertThat(setters().stream().filter(option -> takes(camel, place, uri + "?" + option + "=" + SAMPLES.get(option))))
                    .containsExactlyElementsOf(new TreeSet<>(RouteOptions.of(place).keySet()));
        }
    }

    @Test
    void whatAFileMaySayOfKafkaIsAnOptionOfCamels() {
        assertThat(properties(KafkaConfiguration.class)).containsAll(inAFile("kafka"));
    }

    private static TreeSet<String> inAFile(String scheme) {
        return Arrays.stream(OptionPlace.values()).filter(place -> place.scheme().equals(scheme))
                .flatMap(place -> RouteOptions.of(place).keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of all endpoints of the hub's, and of their options; without what Camel's own base class has for every endpoint. */
    private static Set<String> setters() {
        return new ClassFileImporter().importPackagesOf(LedgerComponent.class, CallComponent.class).stream()
                .filter(type -> type.isAssignableTo(Endpoint.class) || type.getSimpleName().endsWith("Options"))
                .flatMap(type -> properties(type.reflect()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> properties(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4)).collect(Collectors.toSet());
    }

    /** {@code ledger:} tells a from and a to apart as late as its consumer or producer is made. */
    private static boolean takes(CamelContext camel, OptionPlace place, String uri) {
        try {
            Endpoint endpoint = camel.getEndpoint(uri);
            return switch (place) {
                case FROM_LEDGER -> endpoint.createConsumer(exchange -> { }) != null;
                case TO_LEDGER -> endpoint.createProducer() != null;
                default -> true;
            };
        } catch (Exception e) {
            return false;
        }
    }

    private static CamelContext camel() {
        CamelContext camel = new DefaultCamelContext();
        LedgerComponent ledger = new LedgerComponent(() -> {
            throw new IllegalStateException("this test has no ledger");
        }, null, null, null);
        camel.addComponent("ledger", ledger);
        camel.addComponent("pull", new PullComponent(ledger));
        camel.addComponent("guaranteed", new GuaranteedComponent(ledger));
        camel.addComponent("call", new CallComponent(null));
        camel.start();
        return camel;
    }
}
