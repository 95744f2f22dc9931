/**
 * The barista's system, simulated: tickets, the stores' kitchens, and the decision on cancels. It knows the contract and
 * uses {@code simulators.wire}, {@code faults}, {@code journal} and {@code chance}; no other neighbour belongs here.
 *
 * <p>It recognizes an order's ticket by the hub's idempotency key alone: the same order under another key makes a second
 * ticket, which a check can count.
 */
package simulators.barista;
