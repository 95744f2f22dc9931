package edits;

import static org.assertj.core.api.Assertions.assertThat;

import edits.rules.EditedRoutes;
import edits.rules.Finding;
import edits.rules.LocalizedMessage;
import edits.rules.RouteFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an edit would do, said before it is done. */
class ProposalTest {

    @Test
    void anEditIsSaidInWordsAndLines() {
        EditReport report = EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "10s").report();

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.differences()).filteredOn(each -> each.kind() == Difference.Kind.CHANGED).singleElement()
                .satisfies(changed -> {
                    assertThat(changed.words().stream().map(LocalizedMessage::toString)).containsExactly(
                            "`pull-unaccepted` will tick every 10s instead of every {{pull.unaccepted.every}}");
                    assertThat(changed.lines()).anyMatch(line -> line.startsWith("-") && line.contains("every:"))
                            .anyMatch(line -> line.startsWith("+") && line.contains("every: 10s"));
                });
        assertThat(report.differences()).filteredOn(each -> each.kind() == Difference.Kind.UNTOUCHED).hasSizeGreaterThan(15);
    }

    @Test
    void whatIsOnlyLaidOutDifferentlyIsUntouched() {
        String text = Proposal.shipped().get(0).text().replace("retries: 1", "retries: '1'  # once more")
                .replace("        - process:\n            ref: orderPaid", "        - process: {ref: orderPaid}");

        assertThat(EditedRoutes.shipped().text(text).report().differences())
                .allMatch(each -> each.kind() == Difference.Kind.UNTOUCHED);
    }

    @Test
    void eachArrowIsTriedWithASampleAndNothingConnects() {
        List<RouteFile> shipped = Proposal.shipped();
        // Compared with what doesn't pass, everything is new.
        EditReport report = new Proposal(EditedRoutes.policy()).judge(List.of(), shipped);

        assertThat(report.findings().stream().map(Finding::inWords)).isEmpty();
        assertThat(steps(report, "push-order")).singleElement().asString()
                .startsWith("sends to lucky_order_to_barista_topic: {").contains("order-81");
        assertThat(steps(report, "made")).singleElement().asString().startsWith("tells the ledger: Made");
        assertThat(steps(report, "pull-unaccepted")).anyMatch(step -> step.startsWith("asks {{barista.url}}/orders: {"))
                .anyMatch(step -> step.startsWith("is answered: {")).anyMatch(step -> step.startsWith("tells the ledger: "));
        assertThat(steps(report, "payment-callback")).singleElement().asString().contains("no sample was sent");
        assertThat(report.tried()).hasSize(report.differences().size()).allMatch(tried -> tried.failure() == null)
                .allMatch(tried -> !tried.steps().isEmpty());
    }

    @Test
    void whatOnlyRunningShowsIsFoundByTheSample() {
        EditReport tapped = EditedRoutes.shipped().replacingIn("push-order", "      steps:\n",
                "      steps:\n        - wireTap:\n            uri: kafka:lucky_tap_topic\n").report();
        assertThat(tapped.passed()).isFalse();
        assertThat(tapped.findings()).anyMatch(finding -> finding.inWords().contains("put the wireTap right before or after"));

        EditReport tooOften = EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "1ms").report();
        assertThat(tooOften.passed()).isFalse();
        assertThat(tooOften.findings()).anyMatch(finding -> finding.inWords().contains("every must be 1000ms or more"));
    }

    @Test
    void noAmountStopsWhatRepairsOrKeepsAnyoneWaiting() {
        tooMuch("pull-unaccepted", "'{{pull.unaccepted.every}}'", "3d", "every must be 1h or less");
        tooMuch("pull-unaccepted", "'{{pull.unaccepted.age}}'", "3d", "age must be 1h or less");
        tooMuch("pull-unaccepted", "'{{pull.unaccepted.backoff-most}}'", "3d", "backoffMost must be 1h or less");
        tooMuch("make-eta", "500ms", "1h", "after must be 5s or less");
        for (String cron : List.of("0 0 0 1 1 ? 2099", "0 0 0 * * ?", "0 0/30 8-20 * * ?", "0 0 * * * ? 2026-2030",
                "0 0/10 * ? * MON-FRI",
                "0 0/10 * 1-30 * ?")) {
            tooMuch("pull-unaccepted", "every: '{{pull.unaccepted.every}}'", "cron: '" + cron + "'",
                    "cron must fire every 1h");
        }
        tooMuch("confirm-barista-eta", "timeout: 800ms", "timeout: 3s", "a confirmation would wait up to 6075 ms for it");
        tooMuch("confirm-dispatch-eta", "retries: 1", "retries: 5", "a customer waits 5000 ms at most");
        tooMuch("pull-unaccepted", "timeout: 3s", "timeout: 1h", "timeout must be above zero and 30s or less");
        tooMuch("payment-callback", "uri: ledger:paid", "uri: ledger:paid\n            parameters:\n              linger: 1h",
                "linger must be 100ms or less");
    }

    @Test
    void aCronThatFiresOftenEnoughIsTaken() {
        for (String cron : List.of("0/30 * * * * ?", "* * * * * ?", "0 0 * * * ?", "0 17 * * * ?", "0 0/10 * ? * MON-SUN")) {
            assertThat(EditedRoutes.shipped().replacing("every: '{{pull.unaccepted.every}}'", "cron: '" + cron + "'").report()
                    .findings()
                    .stream().map(Finding::inWords)).isEmpty();
        }
    }

    @Test
    void whatReadsAllAgainSaysSo() {
        assertThat(words(EditedRoutes.shipped().replacing("groupId: lucky-hub-made", "groupId: lucky-hub-made-2")))
                .singleElement().asString()
                .contains("will read as the group lucky-hub-made-2 instead of lucky-hub-made", "reads again all messages",
                        "seven days");
        assertThat(words(EditedRoutes.shipped().replacing("kafka:lucky_made_topic", "kafka:lucky_made_2_topic"))).singleElement()
                .asString()
                .contains("will read lucky_made_2_topic instead of lucky_made_topic", "reads again all messages");
        assertThat(words(EditedRoutes.shipped().replacing("kafka:lucky_order_to_barista_topic", "kafka:lucky_x_topic")))
                .singleElement()
                .asString().doesNotContain("again");
    }

    private static List<String> words(EditedRoutes edited) {
        EditReport report = edited.report();
        assertThat(report.findings().stream().map(Finding::inWords)).isEmpty();
        return report.differences().stream().flatMap(each -> each.words().stream())
                .map(LocalizedMessage::toString).toList();
    }

    private static void tooMuch(String route, String shipped, String edited, String words) {
        EditReport report = EditedRoutes.shipped().replacingIn(route, shipped, edited).report();
        assertThat(report.passed()).isFalse();
        assertThat(report.findings()).anyMatch(finding -> finding.inWords().contains(words));
    }

    @Test
    void anAddedNeighbourIsTried() throws java.io.IOException {
        EditReport report = EditedRoutes.shipped().adding("loyalty.yaml", java.nio.file.Files.readString(
                java.nio.file.Path.of("examples", "loyalty", "routes.yaml"))).report();

        assertThat(report.findings().stream().map(Finding::inWords)).isEmpty();
        assertThat(steps(report, "loyalty")).anyMatch(step -> step.startsWith("asks {{loyalty.url}}/points"))
                .anyMatch(step -> step.startsWith("strikes out ["));
    }

    private static List<String> steps(EditReport report, String route) {
        return report.tried().stream().filter(tried -> tried.route().equals(route)).findFirst().orElseThrow().steps();
    }
}
