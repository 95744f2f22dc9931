package simulators.loyalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Json;
import contract.Kind;
import contract.SettledApi;
import contract.SettledApi.SettledOrder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.faults.Rule;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Place;

/** The loyalty programme over HTTP; the test stands where the hub would. */
class LoyaltyTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private Loyalty loyalty(String... faults) {
        return new Loyalty(Place.of(folder.resolve("loyalty.jsonl"), 1)
                .withFaults(Stream.of(faults).map(Rule::parse).toList()));
    }

    private static SettledOrder settled(String orderId, String key, String as) {
        return new SettledOrder(orderId, key, "S1", Kind.PICKUP, 1_990, "CNY", as, NOON);
    }

    private static HttpResponse<byte[]> send(Loyalty loyalty, SettledOrder... orders) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(loyalty.url().resolve("/points"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(new SettledApi.SettledRequest(List.of(orders))))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static List<String> acknowledged(Loyalty loyalty, SettledOrder... orders) throws Exception {
        return Json.read(send(loyalty, orders).body(), SettledApi.Acknowledgement.class).acknowledged();
    }

    private static List<What> journalled(Loyalty loyalty) {
        return loyalty.journal().entries().stream().map(Entry::what).toList();
    }

    @Test
    void anOrderToldTwiceGetsItsPointsOnceAndIsAcknowledgedTwice() throws Exception {
        try (Loyalty loyalty = loyalty()) {
            assertThat(acknowledged(loyalty, settled("81", "key", "MADE"))).containsExactly("81");
            assertThat(journalled(loyalty)).as("on disk before it is answered").containsExactly(What.POINTS_GIVEN);
            assertThat(acknowledged(loyalty, settled("81", "key", "MADE"))).containsExactly("81");
            assertThat(journalled(loyalty)).containsExactly(What.POINTS_GIVEN, What.POINTS_REPEATED);
        }
    }

    @Test
    void pointsGivenBeforeARestartAreNotGivenAgain() throws Exception {
        try (Loyalty loyalty = loyalty()) {
            acknowledged(loyalty, settled("81", "key", "MADE"));
        }
        try (Loyalty loyalty = loyalty()) {
            assertThat(acknowledged(loyalty, settled("81", "key", "MADE"), settled("82", "other", "DELIVERED")))
                    .containsExactly("81", "82");
            assertThat(journalled(loyalty)).containsExactly(What.POINTS_GIVEN, What.POINTS_REPEATED, What.POINTS_GIVEN);
        }
    }

    @Test
    void onlyWhoGotSomethingGetsPoints() {
        Points points = new Points();
        assertThat(Stream.of("MADE", "DELIVERED", "DELIVERY_FAILED", "CANCELLED", "EXPIRED", "REFUSED")
                .map(as -> points.give(settled(as, "key-" + as, as), NOON).get("points")))
                .containsExactly("19", "19", "0", "0", "0", "0");
    }

    @Test
    void anAnswerThatIsLostCostsNothingWhenTheOrderIsToldAgain() throws Exception {
        try (Loyalty loyalty = loyalty("time-out-but-applied=1:20ms")) {
            assertThatThrownBy(() -> send(loyalty, settled("81", "key", "MADE"))).isInstanceOf(IOException.class);
            loyalty.faults().set(List.of());
            assertThat(acknowledged(loyalty, settled("81", "key", "MADE"))).containsExactly("81");
            assertThat(journalled(loyalty)).containsOnlyOnce(What.POINTS_GIVEN);
        }
    }
}
