package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Plan PLAN = new Plan(Path.of("target"), Path.of("hub.jar"), List.of(), List.of(), List.of(),
            new Shape(10, 0.3), 0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 4, Duration.ofSeconds(1),
            EnumSet.allOf(Plan.Part.class), new Outage.Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            false);

    @Test
    void theFiguresThatOthersRelyOnHaveTheirNames() {
        Findings findings = new Findings();
        findings.limits(new Limits(130, Map.of(1, 3_000.0, 32, 20_000.0), 240_000, 200_000, 127_000, 519_000, 45_000));
        findings.put("hub", result(2_000, 2_100, 2_040));
        findings.put("confirm", result(900, 910, 905));
        findings.put("unbatched", result(500, 510, 505));
        findings.put("outbox", result(680, 690, 685));
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
        assertThat(json.path("growth")).hasSize(3);
        assertThat(json.path("right").asBoolean()).isTrue();
    }

    @Test
    void whatWasLeftOutIsAbsentRatherThanNought() {
        Findings findings = new Findings();
        findings.put("hub", result(2_000));
        JsonNode json = json(findings);
        assertThat(json.path("limits").isMissingNode()).isTrue();
        assertThat(json.at("/control/outbox").isMissingNode()).isTrue();
        assertThat(json.at("/ratios/hubToOutbox").isMissingNode()).isTrue();
        assertThat(json.at("/hub/withConfirmPerSecond").isMissingNode()).isTrue();
        assertThat(new Table(PLAN, findings).toString()).contains("2,000");
    }

    @Test
    void oneOrderThatIsLostOrMadeTwiceMakesTheRunFail() {
        for (Aftermath wrong : List.of(aftermath(List.of("o-1"), List.of()), aftermath(List.of(), List.of("o-2")))) {
            Findings findings = new Findings();
            findings.put("hub", result(step(2_000, wrong)));
            assertThat(findings.isRight()).isFalse();
            assertThat(json(findings).path("right").asBoolean()).isFalse();
            assertThat(new Table(PLAN, findings).toString()).contains("NOT every order");
        }
    }

    private static JsonNode json(Findings findings) {
        JsonMapper mapper = new JsonMapper();
        return mapper.valueToTree(new Report(PLAN, "./hub bench", findings).json());
    }

    private static Course.Result result(double... settled) {
        return result(Arrays.stream(settled).mapToObj(each -> step(each, aftermath(List.of(), List.of())))
                .toArray(Step[]::new));
    }

    private static Course.Result result(Step... repeats) {
        return new Course.Result(List.of(repeats), List.of(repeats), null, Map.of("hub", 512L));
    }

    private static Step step(double settled, Aftermath aftermath) {
        return new Step("hub", settled, false, new Backlog.Judgement(settled, 0, true), Map.of(), micros(), Figures.micros(),
                micros(), Map.of("hub", 0.5), 0.01, Instant.now(), 1, new Written(1, 1, 1, 1, 1, 1), aftermath);
    }

    private static Aftermath aftermath(List<String> unsettled, List<String> doubled) {
        return new Aftermath(100, unsettled, doubled, micros());
    }

    private static Histogram micros() {
        Histogram histogram = Figures.micros();
        Figures.record(histogram, 5_000_000);
        return histogram;
    }
}
