/**
 * The dispatch system, simulated: delivery notes, couriers, and cancelled deliveries. It knows an order's note again by
 * the hub's idempotency key and by nothing else.
 */
package simulators.dispatch;
