package chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param silence longest time in which no callback was acknowledged, while orders flowed
 * @param bound   how long settling was allowed to take
 * @param took    how long it took
 */
record Verdict(RunJournals journals, Map<String, OrderApi.Answer> lastWords, List<Violation> violations,
               List<String> unmetSometimes, List<Strike> strikes, RepairFigures repairs, Duration silence, Duration bound,
               Duration took) {

    boolean good() {
        return violations.isEmpty() && unmetSometimes.isEmpty();
    }

    long count(Violation.Kind kind) {
        return violations.stream().filter(violation -> violation.kind() == kind)
                .map(violation -> violation.orderId() == null ? violation.what() : violation.orderId()).distinct().count();
    }

    long settled() {
        return lastWords.values().stream().filter(OrderApi.Answer::isSettled).count();
    }

    /** Orders whose customer never learned whether they are confirmed. */
    long unknown() {
        return journals.orders().values().stream().filter(order -> !order.confirmed).count();
    }

    /** Orders that had expired unpaid when they were paid: nothing is made, and the money has to go back. */
    List<String> paidTooLate() {
        return journals.orders().values().stream()
                .filter(order -> Checker.isPaidTooLate(order, lastWords.getOrDefault(order.orderId,
                        OrderApi.Answer.NONE).seen()))
                .map(order -> order.orderId).toList();
    }

    /** From the payment to settled, in milliseconds, ascending. */
    List<Long> settleTimes() {
        return journals.orders().values().stream().filter(OrderEvidence::isPaid)
                .filter(order -> lastWords.getOrDefault(order.orderId, OrderApi.Answer.NONE).isSettled())
                .map(order -> Math.max(0, Duration.between(order.paidAt(), settledAt(order)).toMillis()))
                .sorted().toList();
    }

    private Instant settledAt(OrderEvidence order) {
        return lastWords.get(order.orderId).seen().settledAt();
    }
}
