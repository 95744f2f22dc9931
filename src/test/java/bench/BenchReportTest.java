package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchReportTest {

    private static final BenchPlan PLAN = plan(0);

    private static BenchPlan plan(double rate) {
        Duration second = Duration.ofSeconds(1);
        return new BenchPlan(Path.of("target"), Path.of("hub.jar"), List.of(), List.of(), List.of(), new OrderMix(10, 0.3), rate,
                second, second, second, 3, 4, second, EnumSet.allOf(BenchPlan.Part.class),
                new BrokerOutage.Times(second, second, second), 10_000_000, false);
    }

    @Test
    void theFiguresThatOthersRelyOnHaveTheirNames() {
        BenchResults findings = new BenchResults();
        findings.limits(new MachineLimits(130, Map.of(1, 3_000.0, 32, 20_000.0), 240_000, 200_000, 127_000, 519_000, 45_000));
        findings.put("hub", result(2_000, 2_100, 2_040));
        findings.put("confirm", result(900, 910, 905));
        findings.put("unbatched", result(500, 510, 505));
        findings.put("outbox", result(680, 690, 685));
        findings.put("outboxPlain", result(200, 201, 199));
        findings.put("two", result(1_950, 1_960, 1_940));
        JsonNode json = json(findings);
        assertThat(json.path("machine").asString()).contains("processors");
        assertThat(json.path("commit").asString()).isNotEmpty();
        assertThat(json.at("/hub/ordersPerSecond").asDouble()).isEqualTo(2_040);
        assertThat(json.at("/hub/ordersPerSecondSpread/least").asDouble()).isEqualTo(2_000);
        assertThat(json.at("/hub/withConfirmPerSecond").asDouble()).isEqualTo(905);
        for (String figure : List.of("/hub/callbackMs/p50", "/hub/callbackMs/p99", "/hub/callbackMs/p999",
                "/hub/toTopicMs/p50", "/hub/toTopicMs/p99", "/hub/eventToLedgerMs/p99", "/hub/rssMb",
                "/limits/ordersPerSecond")) {
            assertThat(json.at(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(json.at("/control/unbatched/ordersPerSecond").asDouble()).isEqualTo(505);
        assertThat(json.at("/control/outbox/ordersPerSecond").asDouble()).isEqualTo(685);
        assertThat(json.at("/ratios/hubToOutbox").asDouble()).isEqualTo(2.978);
        assertThat(json.at("/ratios/hubToUnbatched").asDouble()).isEqualTo(4.04);
        assertThat(json.at("/ratios/hubToLimit").asDouble()).isBetween(0.1, 1.0);
        assertThat(json.at("/ratios/hubToOutboxPlain").asDouble()).isEqualTo(10.2);
        assertThat(json.at("/ratios/twoHubsToOne").asDouble()).isEqualTo(0.956);
        assertThat(json.at("/twoHubs/ordersPerSecond").asDouble()).isEqualTo(1_950);
        assertThat(json.path("growth")).hasSize(3);
        assertThat(json.path("right").asBoolean()).isTrue();
    }

    @Test
    void whatWasLeftOutIsAbsentRatherThanNought() {
        BenchResults findings = new BenchResults();
        findings.put("hub", result(2_000));
        JsonNode json = json(findings);
        assertThat(json.path("limits").isMissingNode()).isTrue();
        assertThat(json.at("/control/outbox").isMissingNode()).isTrue();
        assertThat(json.at("/ratios/hubToOutbox").isMissingNode()).isTrue();
        assertThat(json.at("/hub/withConfirmPerSecond").isMissingNode()).isTrue();
        assertThat(new ReportTable(PLAN, findings).toString()).contains("2,000");
    }

    @Test
    void aRateThatDidNotHoldIsComparedWithNothing() {
        BenchResults findings = new BenchResults();
        findings.limits(new MachineLimits(130, Map.of(1, 3_000.0, 32, 20_000.0), 240_000, 200_000, 127_000, 519_000, 45_000));
        findings.put("hub", result(2_000));
        findings.put("outbox", result(step(700, 700, false), step(700, 690, true)));
        findings.put("unbatched", result(500));
        JsonNode json = json(findings);
        assertThat(json.at("/ratios/hubToOutbox").isNull()).isTrue();
        assertThat(json.at("/ratios/hubToUnbatched").asDouble()).isEqualTo(4);
        assertThat(json.at("/ratios/hubToLimit").asDouble()).isPositive();
        assertThat(new ReportTable(PLAN, findings).toString().lines().filter(line -> line.contains("hub is"))).hasSize(1)
                .allMatch(line -> line.startsWith("unbatched"));

        findings.put("hub", result(step(2_000, 1_700, false)));
        assertThat(json(findings).path("ratios")).hasSize(3).allMatch(JsonNode::isNull);
        assertThat(new ReportTable(PLAN, findings).toString()).doesNotContain("hub is");
    }

    /** Both carry what they are given, as long as they can. */
    @Test
    void aRateThatWasGivenIsNoMeasureOfWhoCarriesMore() {
        BenchResults findings = new BenchResults();
        findings.put("hub", result(40));
        findings.put("outbox", result(40));
        BenchPlan given = plan(40);
        assertThat(new Ratios(given, findings).json()).isEmpty();
        assertThat(new ReportTable(given, findings).toString()).doesNotContain("hub is");
    }

    @Test
    void ofTwoHubsTheMemoryIsThatOfBoth() {
        BenchResults findings = new BenchResults();
        RateStep step = step("two", 2_000, 2_000, true, outcome(List.of(), List.of()));
        findings.put("two", new BenchRun.Result(List.of(step), List.of(step), null,
                Map.of("two-1", 400L, "two-2", 410L, "postgresql", 300L)));
        assertThat(json(findings).at("/twoHubs/rssMb").asLong()).isEqualTo(810);
    }

    @Test
    void aPastThatCostsSomethingIsToldByWhatItCosts() {
        HistoryCost history = history(true, 12);
        BenchResults findings = new BenchResults();
        findings.history(history);
        JsonNode json = json(findings).path("history");
        assertThat(json.path("settledOrders").asInt()).isEqualTo(10_000_000);
        assertThat(json.at("/without/held").asBoolean()).isTrue();
        assertThat(json.path("cpuTimes").asDouble()).isEqualTo(1.0);
        assertThat(json.at("/dueQueries/ticket/times").asDouble()).isEqualTo(1.1);
        assertThat(json.at("/day/goneAfterSeconds").asDouble()).isEqualTo(7.5);
        assertThat(json.at("/day/callbackMsMeanwhile/longest").asDouble()).isCloseTo(12, within(0.05));
        assertThat(json.at("/day/callbackMsOtherwise/longest").asDouble()).isCloseTo(5, within(0.05));
        assertThat(json(findings).path("steps")).hasSize(3);
        assertThat(new ReportTable(PLAN, findings).toString()).contains("due: ticket", "1.10 times", "dropped within 7.5 s");

        assertThat(history(false, 12).costs()).isEmpty();
    }

    @Test
    void anOrderThatIsLostBesideALongPastMakesTheRunFail() {
        BenchResults findings = new BenchResults();
        RateStep lost = step("history", 900, 900, true, outcome(List.of("o-1"), List.of()));
        HistoryCost good = history(true, 5);
        findings.history(new HistoryCost(good.orders(), good.live(), good.seconds(), good.without(), good.with(),
                good.dueWithout(), good.dueWith(), new HistoryDrop(1_000_000, OptionalDouble.empty(), micros(), micros(), lost)));
        assertThat(findings.isRight()).isFalse();
        assertThat(new ReportTable(PLAN, findings).toString()).contains("NOT dropped in time");
    }

    private static HistoryCost history(boolean held, long longestMillis) {
        RateStep step = step("history", 900, 900, true, outcome(List.of(), List.of()));
        RateStep after = step("history", 900, 900, held, outcome(List.of(), List.of()));
        Histogram meanwhile = micros();
        Latencies.record(meanwhile, longestMillis * 1_000_000);
        return new HistoryCost(10_000_000, 5_000_000, 200, List.of(step), List.of(after), Map.of(DueQuery.TICKET, 500.0),
                Map.of(DueQuery.TICKET, 550.0), new HistoryDrop(1_000_000, OptionalDouble.of(7.5), meanwhile, micros(), step));
    }

    @Test
    void oneOrderThatIsLostOrMadeTwiceMakesTheRunFail() {
        for (StepOutcome wrong : List.of(outcome(List.of("o-1"), List.of()), outcome(List.of(), List.of("o-2")))) {
            BenchResults findings = new BenchResults();
            findings.put("hub", result(step(2_000, wrong)));
            assertThat(findings.isRight()).isFalse();
            assertThat(json(findings).path("right").asBoolean()).isFalse();
            assertThat(new ReportTable(PLAN, findings).toString()).contains("NOT every order");
        }
    }

    private static JsonNode json(BenchResults findings) {
        JsonMapper mapper = new JsonMapper();
        return mapper.valueToTree(new BenchReport(PLAN, "./hub bench", findings).json());
    }

    private static BenchRun.Result result(double... settled) {
        return result(Arrays.stream(settled).mapToObj(each -> step(each, outcome(List.of(), List.of())))
                .toArray(RateStep[]::new));
    }

    private static BenchRun.Result result(RateStep... repeats) {
        return new BenchRun.Result(List.of(repeats), List.of(repeats), null, Map.of("hub", 512L));
    }

    private static RateStep step(double settled, StepOutcome outcome) {
        return step("hub", settled, settled, true, outcome);
    }

    private static RateStep step(double offered, double settled, boolean held) {
        return step("hub", offered, settled, held, outcome(List.of(), List.of()));
    }

    private static RateStep step(String subject, double offered, double settled, boolean held, StepOutcome outcome) {
        return new RateStep(subject, offered, false, new Backlog.Judgement(settled, 0, held), Map.of(), micros(), Latencies.micros(),
                micros(), Map.of("hub", 0.5), 0.01, Instant.now(), 1, new WriteVolume(1, 1, 1, 1, 1, 1), outcome);
    }

    private static StepOutcome outcome(List<String> unsettled, List<String> doubled) {
        return new StepOutcome(100, unsettled, doubled, micros());
    }

    private static Histogram micros() {
        Histogram histogram = Latencies.micros();
        Latencies.record(histogram, 5_000_000);
        return histogram;
    }
}
