package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import edits.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route file may hold, and that each refusal says where and what to change. */
class RouteCheckTest {

    @Test
    void theShippedRoutesPass() {
        EditedRoutes.shipped().passes();
    }

    @Test
    void theExampleOfAnAddedNeighbourPasses() throws IOException {
        EditedRoutes.shipped().adding("loyalty.yaml", Files.readString(Path.of("examples", "loyalty", "routes.yaml"))).passes();
    }

    @Test
    void whatOpsChangePasses() {
        EditedRoutes.shipped().replacing("lucky_order_to_barista_topic", "lucky_orders_topic").passes();
        EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "10s").passes();
        EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 1s").passes();
        EditedRoutes.shipped().replacing("call:{{barista.url}}/estimates", "call:https://points.example:8443/v2/estimates").passes();
        EditedRoutes.shipped().replacing("            uri: kafka:lucky_order_to_barista_topic",
                "            uri: kafka:lucky_order_to_barista_topic\n        - wireTap:\n            uri: kafka:lucky_tap_topic").passes();
        EditedRoutes.shipped().adding("store-7.yaml", EditedRoutes.ADDED).passes();
    }

    @Test
    void whatAVisualEditorWritesPasses() {
        EditedRoutes.shipped().replacing("            uri: kafka:lucky_order_to_barista_topic",
                "            id: to-1234\n            uri: kafka\n            parameters:\n              topic: lucky_x_topic").passes();
    }

    @Test
    void aFindingShowsTheLineAndTheColumn() {
        Finding finding = EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 800").findings().get(0);

        assertThat(finding.text().substring(finding.column() - 1)).isEqualTo("800");
        assertThat(finding.inWords()).startsWith("routes.yaml:" + finding.line() + ":" + finding.column() + ": ")
                .contains("timeout can't be '800'", "a duration with its unit").endsWith("^");
        List<String> lines = finding.inWords().lines().toList();
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("800"));
    }

    @Test
    void whatIsNoYamlIsRefusedWhereItBreaks() {
        EditedRoutes.shipped().replacing("    id: push-order\n", "    id: [push-order\n").isRefused("it is no YAML", "^");
        EditedRoutes.shipped().replacing("    id: push-order\n", "\tid: push-order\n").isRefused("a tab", "replace it");
        EditedRoutes.shipped().text("").isRefused("it is empty");
        EditedRoutes.shipped().text("# nothing\n").isRefused("it holds no route");
        EditedRoutes.shipped().text("route: {}\n").isRefused("no list of routes");
        EditedRoutes.shipped().replacing("    id: push-order\n", "    id: push-order\n    id: push\n").isRefused("given twice");
        EditedRoutes.shipped().text("--- []\n--- []\n").isRefused("second document");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.35, 0.5, 0.77, 0.9, 0.99})
    void aTruncatedFileIsRefused(double part) {
        String text = Proposal.shipped().get(0).text();
        assertThat(EditedRoutes.shipped().text(text.substring(0, (int) (text.length() * part))).findings()).isNotEmpty();
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnce() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            EditedRoutes.shipped().text(bomb).isRefused("anchors");
            EditedRoutes.shipped().text("- route: &r {id: *r}\n").isRefused("anchors");
            EditedRoutes.shipped().text("- x\n".repeat(2_600_000)).isRefused("larger than");
            EditedRoutes.shipped().text("[".repeat(100_000)).isRefused("levels deep");
            EditedRoutes.shipped().text("- !!java.net.URL ['http://x']\n").isRefused("tags");
        });
    }

    @Test
    void aFileFullOfMistakesIsAnsweredAtOnce() {
        Assertions.assertTimeout(Duration.ofSeconds(5), () ->
                assertThat(EditedRoutes.shipped().text("- x\n".repeat(60_000)).findings()).hasSizeLessThanOrEqualTo(50));
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(EditedRoutes.shipped().replacingIn("push-order",
                "      steps:\n", "      steps:\n" + "        - x\n".repeat(20_000)).findings()).hasSizeLessThanOrEqualTo(50));
    }

    /** Java's regular expressions take a frame of the stack for each repetition of a group. */
    @ParameterizedTest
    @ValueSource(ints = {1_800, 40_000})
    void whatIsTooLongForAnyAddressIdOrNameIsAFinding(int parts) {
        EditedRoutes.shipped().replacing("{{barista.url}}/estimates", "{{barista.url}}" + "/a".repeat(parts))
                .isRefused("400 characters");
        EditedRoutes.shipped().replacing("rest:get:stores/{storeId}/orders", "rest:get:stores" + "/{a}".repeat(parts))
                .isRefused("400 characters");
        EditedRoutes.shipped().replacing("direct:confirm-barista-eta", "direct:a" + ",a".repeat(parts))
                .isRefused("400 characters");
        EditedRoutes.shipped().replacing("    id: push-order\n", "    id: push" + "-a".repeat(parts) + "\n").isRefused("the id");
        EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: " + "1s".repeat(parts)).isRefused("timeout can't be");
        EditedRoutes.shipped().replacing("groupId: lucky-hub-made", "groupId: a" + "-a".repeat(parts))
                .isRefused("groupId can't be");
        EditedRoutes.shipped().replacing("(when would it be ready?)", "x ".repeat(parts)).isRefused("the description");
        assertThat(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: " + "1s".repeat(parts)).findings())
                .allMatch(finding -> finding.inWords().length() < 2_000);
    }

    @Test
    void noFileStartsMoreThanAHubCanCarry() {
        String tap = "        - wireTap:\n            uri: kafka:lucky_tap_topic\n";
        EditedRoutes.shipped().replacingIn("push-order", "      steps:\n", "      steps:\n" + tap.repeat(12)).isRefused("more than 12 steps");
        StringBuilder many = new StringBuilder();
        IntStream.range(0, 90).forEach(i -> many.append(EditedRoutes.ADDED.replace("push-order-store-7", "push-" + i + "-x")));
        EditedRoutes.shipped().adding("many.yaml", many.toString()).isRefused("more than 100 routes");
    }

    @Test
    void whatMayBeAskedIsNoBrokerAndTheOtherWayRound() {
        String broker = "\n            parameters:\n              brokers: ";
        String topic = "uri: kafka:lucky_order_to_barista_topic";
        EditedRoutes.shipped().replacing(topic, topic + broker + "kafka-2.example:9092").passes();
        EditedRoutes.shipped().replacing(topic, topic + broker + "points.example:9092").isRefused("is not allowed",
                "hub.routes.brokers");
        EditedRoutes.shipped().replacing("call:{{barista.url}}/estimates", "call:http://kafka-2.example/estimates")
                .isRefused("kafka-2.example is not allowed", "hub.routes.hosts");
    }

    @Test
    void aPathIsTakenHoweverItIsSpelt() {
        EditedRoutes.shipped().replacing("rest:get:orders\n", "rest:get:aUDIT\n").isRefused("one of the hub's own");
    }

    @Test
    void eachRouteSaysWhatItIs() {
        EditedRoutes.shipped().replacing("    group: confirm\n", "").isRefused("no group");
        EditedRoutes.shipped().replacing("    group: confirm\n", "    group: other\n").isRefused("no group of the diagram's");
        EditedRoutes.shipped().replacingIn("push-order", "    description: 订单→咖啡师 发送订单消息 (a paid order, to be made)\n", "")
                .isRefused("no description");
        EditedRoutes.shipped().replacing("    id: push-order\n", "    id: Push Order\n").isRefused("the id");
    }

    @Test
    void unknownNamesAreRefused() {
        EditedRoutes.shipped().replacing("- process:", "- proces:").isRefused("the step 'proces' can't be used");
        EditedRoutes.shipped().replacing("retries: 1", "retry: 1").isRefused("takes no retry", "retries");
        EditedRoutes.shipped().replacing("kafka:lucky_order_to_barista_topic", "kafak:lucky_order_to_barista_topic")
                .isRefused("'kafak' can't be used in a to", "kafka");
        EditedRoutes.shipped().replacing("ref: orderPaid", "ref: orderPayed").isRefused("none of the hub's processors", "orderPaid");
        EditedRoutes.shipped().replacing("{{pull.unaccepted.every}}", "{{pull.unaccepted.evry}}")
                .isRefused("no placeholder that routes may use");
        EditedRoutes.shipped().replacing("{{pull.unaccepted.every}}", "{{pull.unacepted.every}}").isRefused("nothing is known of");
        EditedRoutes.shipped().replacing("{{barista.url}}/estimates", "{{barrista.url}}/estimates")
                .isRefused("{{barrista.url}} is no address that routes may use", "{{barista.url}}", "hub.routes.addresses");
        EditedRoutes.shipped().replacing("uri: ledger:paid", "uri: ledger:payed").isRefused("no longer the arrow");
    }

    @Test
    void durationsHaveUnits() {
        EditedRoutes.shipped().replacing("'{{pull.unaccepted.every}}'", "30").isRefused("a duration with its unit");
        EditedRoutes.shipped().replacing("after: 500ms", "after: 500").isRefused("a duration with its unit");
    }

    @Test
    void whatTwoRoutesMayNotShareIsRefused() {
        EditedRoutes.shipped().replacing("    id: made\n", "    id: making-started\n").isRefused("is taken by making-started");
        EditedRoutes.shipped().adding("store-7.yaml", EditedRoutes.ADDED).adding("store-8.yaml", EditedRoutes.ADDED)
                .isRefused("push-order-store-7 is taken by push-order-store-7 in store-7.yaml");
        EditedRoutes.shipped().replacing("groupId: lucky-hub-made", "groupId: lucky-hub-making-started").isRefused("the groupId");
        EditedRoutes.shipped().replacing("kafka:lucky_order_to_barista_topic", "kafka:lucky_made_topic")
                .isRefused("which the hub reads itself");
        EditedRoutes.shipped().replacing("rest:get:stores/{storeId}/orders", "rest:get:orders/{storeId}")
                .isRefused("one of the hub's own");
    }

    @Test
    void whatThePromisesStandOnStays() {
        String text = Proposal.shipped().get(0).text();
        int begin = text.indexOf("- route:\n    id: pull-unaccepted\n");
        int end = text.indexOf("- route:", begin + 1);
        EditedRoutes.shipped().text(text.substring(0, begin) + text.substring(end)).isRefused("pull-unaccepted is missing", "pause");
        EditedRoutes.shipped().replacingIn("payment-callback", "        - process:\n            ref: genuineCallback\n", "")
                .isRefused("payment-callback is no longer the arrow", "'to ledger:paid' where it was 'process genuineCallback'");
        EditedRoutes.shipped().replacingIn("pull-unaccepted", "        - to:\n            uri: ledger:handed-over\n", "")
                .isRefused("at its end");
        EditedRoutes.shipped().replacingIn("making-started", "uri: ledger:making-started", "uri: ledger:made").isRefused("ledger:made");
        EditedRoutes.shipped().replacingIn("making-started", "kafka:lucky_making_started_topic\n      parameters:\n        groupId: lucky-hub-making-started",
                "ledger:paid").isRefused("no longer the arrow");
        EditedRoutes.shipped().replacingIn("pull-making", "        by: store\n", "").isRefused("by=store");
        EditedRoutes.shipped().replacingIn("push-dispatch", "kind: DELIVERY", "kind: PICKUP").isRefused("kind=PICKUP");
        EditedRoutes.shipped().replacingIn("express-sync", "tag: luckyorder_express", "tag: other").isRefused("tag=other");
    }

    @Test
    void anAddedArrowKeepsTheSamePromises() {
        EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED.replace("uri: ledger:paid\n", "uri: ledger:confirmed\n"))
                .isRefused("no shipped route has the shape");
        EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED.replace("    - process:\n            ref: orderPaid", "    - process:\n            ref: callbackAnswer"))
                .isRefused("no shipped route has the shape");
    }
}
