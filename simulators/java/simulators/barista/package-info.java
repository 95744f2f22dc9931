/**
 * The barista's system, simulated: tickets, the stores' kitchens, and the decision on cancels.
 *
 * <p>It knows an order's ticket again by the hub's idempotency key and by nothing else: the same order under another key
 * makes a second ticket, and a check can count it.
 */
package simulators.barista;
