package chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param lastWords      the hub's last answer about each order
 * @param unmetSometimes what should have happened, and never did: see {@link SometimesAssertions}
 * @param silence        longest time in which no callback was acknowledged, while orders flowed
 * @param bound          how long settling was allowed to take
 * @param took           how long settling took
 */
record Verdict(RunJournals journals, Map<String, OrderApi.Answer> lastWords, List<Violation> violations,
               List<String> unmetSometimes, List<Strike> strikes, RepairFigures repairs, Duration silence, Duration bound,
               Duration took) {

    boolean good() {
        return violations.isEmpty() && unmetSometimes.isEmpty();
    }

    /** Number of orders, or of other findings, with violations of this kind. */
    long count(Violation.Kind kind) {
        return violations.stream().filter(violation -> violation.kind() == kind)
                .map(violation -> violation.orderId() == null ? violation.what() : violation.orderId()).distinct().count();
    }

    long settled() {
        return lastWords.values().stream().filter(OrderApi.Answer::isSettled).count();
    }

    /** Number of orders whose customer never learned whether they are confirmed. */
    long unknown() {
        return journals.orders().values().stream().filter(order -> !order.confirmed).count();
    }

    /** Ids of the orders that were paid after they had expired: nothing is made, and the payment is refunded. */
    List<String> paidTooLate() {
        return journals.orders().values().stream()
                .filter(order -> Checker.isPaidTooLate(order, lastWords.getOrDefault(order.orderId,
                        OrderApi.Answer.NONE).seen()))
                .map(order -> order.orderId).toList();
    }

    /** Times from payment to settled, in milliseconds, ascending. */
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
