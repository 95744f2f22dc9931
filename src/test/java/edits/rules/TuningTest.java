package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import edits.Proposal;
import org.junit.jupiter.api.Test;

/** What an operator may edit without a deployer. */
class TuningTest {

    @Test
    void intervalsTimeOutsAndAmountsAreTuned() {
        assertThat(beyond(EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: 1s")
                .replacing("'{{pull.unaccepted.every}}'", "10s").replacing("retries: 1", "retries: 2")
                .replacing("        batch: '{{pull.unaccepted.batch}}'\n", ""))).isEmpty();
        assertThat(beyond(EditedRoutes.shipped().replacingIn("payment-callback", "uri: ledger:paid",
                "uri: ledger:paid\n            parameters:\n              batch: 100"))).isEmpty();
    }

    @Test
    void whatFlowsWhereIsNot() {
        assertThat(beyond(EditedRoutes.shipped().replacing("lucky_order_to_barista_topic", "lucky_x_topic"))).containsExactly("push-order");
        assertThat(beyond(EditedRoutes.shipped().replacing("call:{{barista.url}}/estimates", "call:{{barista.url}}/x")))
                .containsExactly("confirm-barista-eta");
        assertThat(beyond(EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED))).containsExactly("push-order-store-7");
        assertThat(beyond(EditedRoutes.shipped().replacing("groupId: lucky-hub-made", "groupId: other"))).containsExactly("made");
        assertThat(beyond(EditedRoutes.shipped().replacingIn("push-order", "uri: ledger:paid",
                "uri: ledger:paid\n      parameters:\n        exceptStore: store-7"))).containsExactly("push-order");
        assertThat(beyond(EditedRoutes.shipped().replacing("            uri: kafka:lucky_order_to_barista_topic", "            uri: "
                + "kafka:lucky_order_to_barista_topic\n        - wireTap:\n            uri: kafka:lucky_tap_topic")))
                .containsExactly("push-order");
    }

    private static java.util.Set<String> beyond(EditedRoutes edited) {
        return Tuning.beyond(RouteSource.all(Proposal.shipped()), RouteSource.all(edited.files()));
    }
}
