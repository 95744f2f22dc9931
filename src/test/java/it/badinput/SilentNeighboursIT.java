package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import contract.OrderRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.HubClient;
import testbed.SeparateHub;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** A neighbour is away, hangs or talks nonsense: the customer is promised the usual time, and told whose word that is. */
class SilentNeighboursIT {

    private static final Duration LONGEST = Duration.ofSeconds(4);

    private static SeparateHub alone;

    private final HubClient hub = alone.client();

    @BeforeAll
    static void start() {
        alone = new SeparateHub("silent");
    }

    @AfterAll
    static void end() {
        alone.close();
    }

    /** The circuits close by themselves when the neighbours answer again. */
    @AfterEach
    void bothAnswerAgain() {
        alone.allIsWell();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode confirmed = confirm();
            assertThat(confirmed.get("readyAtFrom").asString()).isEqualTo("barista");
            assertThat(confirmed.get("deliveredAtFrom").asString()).isEqualTo("dispatch");
        });
    }

    @Test
    void aBaristaThatNeverAnswersCostsTheCustomerSecondsAndThenNothing() {
        alone.toBarista.hang();

        JsonNode first = confirm();
        assertThat(first.get("readyAtFrom").asString()).isEqualTo("fallback: time-out");
        assertThat(first.get("deliveredAtFrom").asString()).isEqualTo("dispatch");
        assertThat(Instant.parse(first.get("readyAt").asString())).isAfter(Instant.now());

        List<JsonNode> twenty = atOnce(20);
        assertThat(twenty).allSatisfy(confirmed -> assertThat(confirmed.get("readyAtFrom").asString())
                .isIn("fallback: time-out", "fallback: circuit open"));
        // Every other one lets a few through to see whether it answers again.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Instant before = Instant.now();
            assertThat(confirm().get("readyAtFrom").asString()).isEqualTo("fallback: circuit open");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(700));
        });
    }

    @Test
    void aBaristaThatNeverAnswersHoldsNoThread() {
        alone.toBarista.hang();

        atOnce(40);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(busy()).isZero());
        // And whoever has nothing to do with the barista notices nothing.
        assertThat(hub.get("/api/flow", SharedHub.OPERATOR).status()).isEqualTo(200);
    }

    @Test
    void aBaristaThatIsGoneIsNotReachable() {
        alone.toBarista.cut();

        assertThat(confirm().get("readyAtFrom").asString()).startsWith("fallback: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sorry?", "null", "[]", "{}", "{\"readyAt\":\"soon\",\"asOf\":\"now\"}",
            "{\"readyAt\":null,\"asOf\":null}", "{\"readyAt\":1767225600,\"asOf\":1767225600}",
            "{\"readyAt\":\"+999999999-01-01T00:00:00Z\",\"asOf\":\"2026-01-01T00:00:00Z\"}",
            "{\"readyAt\":\"2026-01-01T00:00:00Z\",\"asOf\":\"2026-01-01T00:00:00Z\",\"mood\":\"fine\"}"})
    void aBaristaThatTalksNonsenseIsTakenForSilent(String answer) {
        alone.barista.answers("/estimates", request -> answer.getBytes(StandardCharsets.UTF_8));

        JsonNode confirmed = confirm();
        assertThat(confirmed.get("readyAtFrom").asString()).startsWith("fallback: malformed answer");
        assertThat(confirmed.get("deliveredAtFrom").asString()).isEqualTo("dispatch");
    }

    @Test
    void anAnswerThatNeverEndsIsCutOff() {
        alone.barista.answers("/estimates", request -> new byte[2 << 20]);
        assertThat(confirm().get("readyAtFrom").asString()).isEqualTo("fallback: answer of more than 64 kB");

        alone.barista.answers("/estimates", request -> new byte[60 << 10]);
        alone.toBarista.delay(Duration.ofSeconds(1));
        assertThat(confirm().get("readyAtFrom").asString()).isEqualTo("fallback: time-out");
    }

    @Test
    void anEstimateOfAnotherCenturyIsNoneAndOneByAClockThatIsAheadIsAsOfNow() {
        alone.barista.answers("/estimates", request -> """
                {"readyAt":"2999-01-01T00:00:00Z","asOf":"2026-01-01T00:00:00Z"}""".getBytes(StandardCharsets.UTF_8));
        assertThat(confirm().get("readyAtFrom").asString()).isEqualTo("fallback: too late to be true");

        Instant ready = Instant.now().plusSeconds(240).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        alone.barista.answers("/estimates", request -> """
                {"readyAt":"%s","asOf":"2999-01-01T00:00:00Z"}""".formatted(ready).getBytes(StandardCharsets.UTF_8));
        JsonNode confirmed = confirm();
        assertThat(Instant.parse(confirmed.get("readyAt").asString())).isEqualTo(ready);
        assertThat(alone.jdbc().sql("SELECT ready_as_of <= now() FROM orders WHERE id = :id")
                .param("id", confirmed.get("orderId").asString()).query(Boolean.class).single()).isTrue();
    }

    @Test
    void aDispatchThatFailsIsTakenForSilent() {
        alone.dispatch.answers("/estimates", request -> null);

        JsonNode confirmed = confirm();
        assertThat(confirmed.get("deliveredAtFrom").asString()).isEqualTo("fallback: status 500");
        assertThat(confirmed.get("readyAtFrom").asString()).isEqualTo("barista");
        assertThat(steps(confirmed.get("orderId").asString(), "confirm-dispatch-eta")).containsExactly("FAILED");
    }

    private JsonNode confirm() {
        OrderRequest order = HubClient.anOrder(Kind.DELIVERY);
        Instant before = Instant.now();
        HubClient.Reply reply = hub.confirm(order);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(Duration.between(before, Instant.now())).isLessThan(LONGEST);
        return reply.json();
    }

    private List<JsonNode> atOnce(int orders) {
        ExecutorService customers = Executors.newFixedThreadPool(orders);
        try {
            List<CompletableFuture<JsonNode>> asked = Stream.generate(() ->
                    CompletableFuture.supplyAsync(this::confirm, customers)).limit(orders).toList();
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            customers.shutdownNow();
        }
    }

    private List<String> steps(String orderId, String arrow) {
        return hub.order(orderId).get("timeline").valueStream()
                .filter(step -> step.get("arrow").asString().equals(arrow))
                .map(step -> step.get("outcome").asString()).toList();
    }

    /** Threads that wait for a neighbour's answer on behalf of a customer. */
    private static long busy() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack).anyMatch(frame -> frame.getClassName().equals("routes.ConfirmOrder")))
                .count();
    }
}
