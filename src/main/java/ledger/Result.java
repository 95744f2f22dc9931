package ledger;

import java.util.List;
import ledger.order.Order;
import ledger.order.Outcome;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * The result of one arrival.
 *
 * @param before the order before it; null when there is none
 * @param order  the order after it; null when there is none
 * @param why    the reason in words; may be null
 * @param parked whether it was parked and waits for a person
 */
public record Result(Arrival arrival, Outcome outcome, Order before, Order order, String why, boolean parked) {

    /** Upper bound of lines per transaction: a producer may send nothing but unusual events, which must not fill the log. */
    private static final int MOST_LINES = 10;

    /**
     * Logs unusual results, the first ten in a line each and the others in one line. Usual results, of which there may be
     * fifteen thousand a second, are in the timeline, and in the log at DEBUG only.
     */
    static void log(Logger log, List<Result> results) {
        int unusual = 0;
        for (Result result : results) {
            boolean said = (result.parked || !result.isUsual()) && ++unusual <= MOST_LINES;
            log.atLevel(said ? Level.INFO : Level.DEBUG).log("{}", result);
        }
        if (unusual > MOST_LINES) {
            log.info("{} more like these in the same transaction; they are in their orders' timelines", unusual - MOST_LINES);
        }
    }

    private boolean isUsual() {
        return outcome == Outcome.APPLIED || outcome == Outcome.DUPLICATE || outcome == Outcome.STALE;
    }

    /** The line of the log: {@code order=81 PAID→MAKING via=push arrow=making-started}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("order=").append(arrival.event().orderId()).append(' ');
        if (outcome == Outcome.APPLIED) {
            moved(line, "", before.making().state(), order.making().state());
            moved(line, "delivery ", before.delivery().state(), order.delivery().state());
            moved(line, "cancel ", before.cancel().state(), order.cancel().state());
            if (order.settled() != null && before.settled() == null) {
                line.append("settled as ").append(order.settled().as()).append(' ');
            }
        } else {
            line.append(outcome).append(' ');
        }
        line.append("via=").append(arrival.way().name().toLowerCase(java.util.Locale.ROOT))
                .append(" arrow=").append(arrival.arrow());
        return why == null ? line.toString() : line.append(": ").append(why).toString();
    }

    private static void moved(StringBuilder line, String what, Object from, Object to) {
        if (from != to) {
            line.append(what).append(from).append('→').append(to).append(' ');
        }
    }
}
