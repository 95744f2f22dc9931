package ledger;

import ledger.order.Patience;

/**
 * What is on its way.
 *
 * @param inFlight orders that are not settled
 * @param late     those of them with whom someone has been silent for longer than {@link Patience} allows
 */
public record Flow(long inFlight, long late) {
}
