package ledger;

import ledger.order.Patience;

/**
 * How many orders are under way.
 *
 * @param inFlight orders that are owed something
 * @param late     those of them that barista or dispatch owes something for longer than {@link Patience} allows
 */
public record Flow(long inFlight, long late) {
}
