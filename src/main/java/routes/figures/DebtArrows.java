package routes.figures;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ledger.order.Debt;

/**
 * The arrows of {@code routes.yaml} that belong to a debt, by their ids. A debt is counted at one of its pushes only, so
 * that the figures of all arrows add up to what is owed.
 *
 * @param push     brings what is owed
 * @param accepted brings it once the barista has accepted the order; else the same as {@code push}
 * @param pulls    look for what a push should have brought, or are asked for it by the neighbour
 */
record DebtArrows(String push, String accepted, List<String> pulls) {

    static final Map<Debt, DebtArrows> ALL = Map.of(
            Debt.PAYMENT, of("payment-callback", "pull-payment"),
            Debt.TICKET, of("push-order", "pull-unaccepted", "pull-unaccepted-http"),
            Debt.MAKING, new DebtArrows("making-started", "made", List.of("pull-making")),
            Debt.DECISION, of("cancel-making", "pull-cancel-making"),
            Debt.NOTE, of("push-dispatch", "pull-made", "pull-made-http"),
            Debt.DELIVERY, of("express-sync", "pull-express"),
            Debt.DROP, of("cancel-dispatch", "pull-cancel-dispatch"));

    private static DebtArrows of(String push, String... pulls) {
        return new DebtArrows(push, push, List.of(pulls));
    }

    List<String> pushes() {
        return Stream.of(push, accepted).distinct().toList();
    }

    /** The pushes that this arrow makes up for; empty when it is not a pull. */
    static List<String> pushesOf(String arrow) {
        return ALL.values().stream().filter(arrows -> arrows.pulls.contains(arrow)).findFirst()
                .map(DebtArrows::pushes).orElse(List.of());
    }

    /** Whether the arrow only makes up for pushes. */
    static boolean isPull(String arrow) {
        return !pushesOf(arrow).isEmpty();
    }
}
