package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import testbed.Diagram;
import testbed.ShippedRoutes;

/** The statement of the diagram, and {@code routes.yaml} beside it. */
class DiagramTest {

    private static final Set<String> LIFELINES = Set.of("支付", "订单", "咖啡师", "配送", "商城");

    /** Solid arrows from one system to another; the broken ones are their answers. */
    private static final Pattern DRAWN = Pattern.compile("\\s*(\\S+?)系统 +->\\S* +(\\S+?)系统 *: *(.+?)\\s*");

    private final Diagram diagram = Diagram.stated();

    @Test
    void everyArrowThatTheDiagramDrawsIsStated() throws Exception {
        List<String> drawn = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(getClass().getResource("/diagram/sequence.puml").toURI()))) {
            Matcher arrow = DRAWN.matcher(line);
            if (arrow.matches() && !arrow.group(1).equals(arrow.group(2))) {
                drawn.add(arrow.group(1) + "→" + arrow.group(2) + " " + arrow.group(3));
            }
        }

        assertThat(drawn).hasSize(16);
        assertThat(diagram.arrows()).filteredOn(arrow -> arrow.beyond() == null).extracting(Diagram.Arrow::toString)
                .containsExactlyElementsOf(drawn);
    }

    /** The hub plays the order system's side of every arrow. */
    @Test
    void everyArrowJoinsTheOrderSystemWithAnother() {
        assertThat(diagram.arrows()).allSatisfy(arrow -> {
            assertThat(LIFELINES).contains(arrow.from(), arrow.to());
            assertThat(List.of(arrow.from(), arrow.to())).doesNotHaveDuplicates().contains("订单");
            assertThat(diagram.groups()).containsKey(arrow.group());
            assertThat(arrow.as()).isIn("push", "pull", "call");
            assertThat(arrow.routes().size()).as("routes of " + arrow).isPositive();
        });
    }

    /** The central idea; the diagram gives cancels none (调用量少，无稳定性设计), we do. */
    @Test
    void everyPushHasItsPull() {
        List<String> pulls = diagram.arrows().stream().filter(arrow -> arrow.as().equals("pull"))
                .flatMap(arrow -> arrow.routes().stream()).toList();

        assertThat(diagram.arrows()).filteredOn(arrow -> arrow.as().equals("push"))
                .allSatisfy(push -> assertThat(pulls).as("pulls of " + push).contains(push.pulledBy()));
    }

    @Test
    void theRoutesStandInTheDiagramsOrder() {
        assertThat(ShippedRoutes.ids()).containsExactlyElementsOf(diagram.routes());
    }
}
