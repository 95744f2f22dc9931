package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GrowthChartTest {

    private static final GrowthChart ONE = new GrowthChart(Map.of("hub",
            List.of(step(1_000, 1_000, 20, true), step(2_000, 1_500, 4_000, false))));

    @Test
    void eachStepIsAPointThatShowsWhetherItHeld() throws Exception {
        List<Element> circles = all(ONE, "circle");
        // Settled, p99 and p50 of two steps.
        assertThat(circles).hasSize(6);
        assertThat(circles).filteredOn(circle -> circle.getAttribute("class").equals("failed")).hasSize(3);
        assertThat(x(circles.get(1))).isGreaterThan(x(circles.get(0)));
    }

    /** More orders are further up, and so are more milliseconds. */
    @Test
    void whatIsMoreIsFurtherUp() throws Exception {
        List<Element> circles = all(ONE, "circle");
        assertThat(y(circles.get(1))).as("settled").isLessThan(y(circles.get(0)));
        assertThat(y(circles.get(3))).as("p99").isLessThan(y(circles.get(2)));
    }

    @Test
    void aLineGoesThroughTheMedianOfTheRepeats() throws Exception {
        GrowthChart repeated = new GrowthChart(Map.of("hub", List.of(step(1_000, 1_000, 20, true), step(2_000, 500, 20, true),
                step(2_000, 1_000, 20, true), step(2_000, 1_900, 20, true))));
        String[] points = all(repeated, "polyline").get(0).getAttribute("points").split(" ");
        assertThat(points).hasSize(2);
        assertThat(points[0].split(",")[1]).isEqualTo(points[1].split(",")[1]);
    }

    @Test
    void whatIsOffTheScaleStaysInThePicture() throws Exception {
        GrowthChart slow = new GrowthChart(Map.of("hub", List.of(step(10, 0, 500_000, false), step(12, 12, 0, true))));
        assertThat(all(slow, "circle")).allMatch(circle -> y(circle) >= 0 && y(circle) <= 650);
    }

    @Test
    void whatWasNotMeasuredIsNotDrawn() throws Exception {
        assertThat(all(GrowthChart.of(new BenchResults()), "circle")).isEmpty();
        BenchResults findings = new BenchResults();
        RateStep step = step(500, 500, 10, true);
        findings.put("outbox", new BenchRun.Result(List.of(step), List.of(step), null, Map.of()));
        assertThat(GrowthChart.of(findings).svg()).contains(">outbox<").doesNotContain(">hub<");
    }

    private static List<Element> all(GrowthChart growth, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(growth.svg())));
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static double x(Element circle) {
        return Double.parseDouble(circle.getAttribute("cx"));
    }

    private static double y(Element circle) {
        return Double.parseDouble(circle.getAttribute("cy"));
    }

    private static RateStep step(double offered, double settled, long millis, boolean held) {
        Histogram callbacks = Latencies.micros();
        Latencies.record(callbacks, millis * 1_000_000);
        return new RateStep("hub", offered, false, new Backlog.Judgement(settled, 0, held), Map.of(), callbacks,
                Latencies.micros(), Latencies.micros(), Map.of("hub", 0.5), 0, Instant.now(), 1, new WriteVolume(1, 1, 1, 1, 1, 1),
                new StepOutcome(1, List.of(), List.of(), Latencies.micros()));
    }
}
