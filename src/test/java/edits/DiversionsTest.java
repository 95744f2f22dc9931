package edits;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.Diversion.BARISTA;
import static testbed.Diversion.DISPATCH;
import static testbed.Diversion.leavingOut;
import static testbed.Diversion.takingUp;
import static testbed.Diversion.withOption;

import edits.rules.Diversions;
import edits.rules.EditedRoutes;
import edits.rules.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store goes to another system of a neighbour with all that the hub says to it and asks it, or not at all. */
class DiversionsTest {

    private static final String SHIPPED = Proposal.shipped().get(0).text();

    @Test
    void allThatFollowsFromAnOrdersStateIsDivertedTogether() {
        assertThat(new Diversions(Guard.ofShippedRoutes().shipped()).arrows()).containsOnlyKeys("支付", "咖啡师", "配送")
                .containsEntry("咖啡师", BARISTA).containsEntry("配送", DISPATCH)
                .containsEntry("支付", List.of("pull-payment"));
    }

    @Test
    void aStoreMayHaveAnotherBaristaAndAnotherDispatch() {
        diverted(BARISTA, "store-7").passes();
        diverted(DISPATCH, "store-7,store-8").passes();
        diverted(List.of("pull-payment"), "store-7").passes();
    }

    @Test
    void theExamplePasses() throws IOException {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", BARISTA))
                .adding("store-7.yaml", Files.readString(Path.of("examples", "kitchen", "routes.yaml"))).passes();
    }

    /** Two stores at one other system, a third at yet another. */
    @Test
    void storesMayBeTakenUpByDifferentRoutes() {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7,store-8,store-9", BARISTA))
                .adding("a.yaml", takingUp(SHIPPED, "store-7,store-8", BARISTA))
                .adding("b.yaml", takingUp(SHIPPED, "store-9", BARISTA).replace("-other\n", "-third\n")).passes();
    }

    @Test
    void aPushAloneIsRefusedWithWhatIsMissing() {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", List.of("push-order"))).adding("store-7.yaml", EditedRoutes.ADDED)
                .isRefused("store-7 is left out by push-order, and not all that goes to 咖啡师 goes to one place for it",
                        "it is not left out by pull-unaccepted, make-eta, pull-making, cancel-making, pull-cancel-making",
                        "no added route takes up pull-unaccepted, make-eta, pull-making, cancel-making, pull-cancel-making",
                        "give exceptStore: store-7 to pull-unaccepted", "add a route with store: store-7 as each of");
    }

    @Test
    void aStoreThatIsLeftOutAndTakenUpByNobodyIsRefused() {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", BARISTA)).isRefused("no added route takes up push-order");
        diverted(BARISTA, "store-7").text(leavingOut(SHIPPED, "store-7,store-8", BARISTA))
                .isRefused("store-8 is left out by push-order", "no added route takes up push-order");
    }

    @Test
    void anyOneArrowThatIsForgottenIsNamed() {
        for (List<String> neighbour : List.of(BARISTA, DISPATCH)) {
            for (String forgotten : neighbour) {
                List<String> others = neighbour.stream().filter(arrow -> !arrow.equals(forgotten)).toList();
                EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", neighbour))
                        .adding("store-7.yaml", takingUp(SHIPPED, "store-7", others))
                        .isRefused("no added route takes up " + forgotten);
                assertThat(EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", others))
                        .adding("store-7.yaml", takingUp(SHIPPED, "store-7", neighbour)).findings())
                        .anyMatch(finding -> finding.blocks()
                                && finding.inWords().contains("it is not left out by " + forgotten));
            }
        }
    }

    @Test
    void aStoreIsNotServedTwice() {
        diverted(BARISTA, "store-7").adding("again.yaml", takingUp(SHIPPED, "store-7", List.of("push-order"))
                .replace("push-order-other", "push-order-again"))
                .isRefused("store-7 is served by both push-order-other and push-order-again", "a copy is a wireTap:");
        EditedRoutes.shipped().adding("x.yaml", takingUp(SHIPPED, "store-7", List.of("pull-unaccepted")))
                .isRefused("store-7 is served by both pull-unaccepted and pull-unaccepted-other");
        EditedRoutes.shipped().adding("x.yaml", takingUp(SHIPPED, "store-7", List.of("pull-unaccepted"))
                .replace("        store: store-7\n", ""))
                .isRefused("pull-unaccepted-other does what pull-unaccepted does, for the same stores");
    }

    @Test
    void aShippedArrowIsNotNarrowedToSomeStores() {
        EditedRoutes.shipped().text(withOption(SHIPPED, "push-order", "store: store-7"))
                .isRefused("push-order is for the stores store-7 alone");
    }

    @Test
    void aGuaranteedArrowIsOwedForAllStores() throws IOException {
        String loyalty = Files.readString(Path.of("examples", "loyalty", "routes.yaml"));
        EditedRoutes.shipped().adding("loyalty.yaml", loyalty.replace("{every: 15s", "{store: store-7, every: 15s"))
                .isRefused("'from guaranteed' takes no store");
    }

    /** Else one request would hold the orders of two stores, under the name of the first. */
    @Test
    void whatTakesAStoreUpDoesItAsTheShippedArrowDoes() {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7,store-8", BARISTA))
                .adding("x.yaml", takingUp(SHIPPED, "store-7,store-8", BARISTA).replaceFirst("        by: store\n", ""))
                .isRefused("pull-unaccepted-other does what pull-unaccepted does, and begins otherwise", "by=store");
    }

    @Test
    void aCopyOfAStoresOrdersForSomebodyElseIsNoDiversion() {
        EditedRoutes.shipped().adding("store-7.yaml", EditedRoutes.ADDED).passes();
        diverted(BARISTA, "store-8").adding("store-7.yaml", EditedRoutes.ADDED).passes();
    }

    @Test
    void whoServesAStoreIsNoMatterOfSettings() {
        EditedRoutes.shipped().text(leavingOut(SHIPPED, "'{{pull.unaccepted.every}}'", BARISTA))
                .isRefused("has its stores from a setting");
    }

    @Test
    void whatAnOlderVersionTookIsInForceUntilItIsEdited() throws NotStarted {
        EditedRoutes half = EditedRoutes.shipped().text(leavingOut(SHIPPED, "store-7", List.of("push-order")))
                .adding("store-7.yaml", EditedRoutes.ADDED);
        assertThat(new Proposal(EditedRoutes.policy()).routes(half.files(), true)).hasSizeGreaterThan(Proposal.shipped().size());
        assertThat(new Proposal(EditedRoutes.policy()).judge(half.files(), Proposal.shipped()).differences())
                .anyMatch(difference -> difference.kind() == Difference.Kind.REMOVED
                        && difference.route().equals("push-order-store-7"));
    }

    private static EditedRoutes diverted(List<String> arrows, String stores) {
        return EditedRoutes.shipped().text(leavingOut(SHIPPED, stores, arrows))
                .adding("diverted.yaml", takingUp(SHIPPED, stores, arrows));
    }
}
