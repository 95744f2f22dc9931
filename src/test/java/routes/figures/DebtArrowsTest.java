package routes.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ledger.order.Debt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import testbed.ShippedRoutes;

/** What is said of debts and arrows, held against {@code routes.yaml}. */
class DebtArrowsTest {

    private static String fromUri(String id) {
        Map<String, Object> route = ShippedRoutes.routes().stream().filter(each -> each.get("id").equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("routes.yaml has no route " + id));
        return (String) ShippedRoutes.child(route, "from").get("uri");
    }

    @Test
    void everyDebtHasItsArrows() {
        assertThat(DebtArrows.ALL).containsOnlyKeys(Debt.values());
    }

    @ParameterizedTest
    @EnumSource
    void theJobsThatLookForADebtAreItsPullsAndEveryOtherPullIsAskedForOverHttp(Debt debt) {
        List<String> jobs = ShippedRoutes.ids().stream().filter(id -> fromUri(id).equals("pull:" + debt.id())).toList();
        List<String> pulls = DebtArrows.ALL.get(debt).pulls();

        assertThat(jobs).isNotEmpty().isSubsetOf(pulls);
        assertThat(pulls).filteredOn(pull -> !jobs.contains(pull)).allMatch(pull -> fromUri(pull).startsWith("rest:get:"));
    }

    @Test
    void everyJobOfTheFileBelongsToADebt() {
        assertThat(ShippedRoutes.ids()).filteredOn(id -> fromUri(id).startsWith("pull:")).isNotEmpty()
                .allMatch(DebtArrows::isPull);
    }

    @Test
    void aPushIsInTheFileAndIsNoPullAndEachArrowStandsAtOneDebt() {
        List<String> pushes = DebtArrows.ALL.values().stream().flatMap(arrows -> arrows.pushes().stream()).toList();

        assertThat(ShippedRoutes.ids()).containsAll(pushes);
        assertThat(pushes).noneMatch(push -> fromUri(push).startsWith("pull:")).noneMatch(DebtArrows::isPull);
        assertThat(Stream.concat(pushes.stream(), Arrays.stream(Debt.values())
                .flatMap(debt -> DebtArrows.ALL.get(debt).pulls().stream()))).doesNotHaveDuplicates();
    }
}
