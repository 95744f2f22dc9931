/**
 * The dispatch system, simulated: delivery notes, couriers, and cancelled deliveries. It knows the contract and uses
 * {@code simulators.wire}, {@code faults}, {@code journal} and {@code chance}; no other neighbour belongs here.
 *
 * <p>It recognizes an order's note by the hub's idempotency key alone.
 */
package simulators.dispatch;
