package ledger;

import java.util.List;
import ledger.order.Order;
import ledger.order.Outcome;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * What became of one arrival.
 *
 * @param before the order before it; null when there is none
 * @param order  the order after it; null when there is none
 * @param why    in words; may be null
 * @param parked whether it waits for a person now
 */
public record Result(Arrival arrival, Outcome outcome, Order before, Order order, String why, boolean parked) {

    /** Of one transaction. What its producer sends may all be out of the ordinary, and must not fill the log. */
    private static final int MOST_LINES = 10;

    /**
     * Logs what is out of the ordinary, in a line each for the first ten and in one line for the others. What went its usual
     * way is in the timeline, and would be fifteen thousand lines a second at a peak: at DEBUG only.
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

    /** As it is logged, with the order's key: {@code order=81 PAID→MAKING via=push arrow=making-started}. */
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
