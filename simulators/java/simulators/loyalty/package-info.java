/**
 * A loyalty programme (会员), simulated: a neighbour that was added to the hub later, by a route alone. It is told of
 * settled orders and recognizes them by the idempotency key. It knows the contract and uses {@code simulators.wire},
 * {@code faults} and {@code journal}; no other neighbour belongs here.
 */
package simulators.loyalty;
