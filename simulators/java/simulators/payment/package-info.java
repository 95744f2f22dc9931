/**
 * The payment system, simulated: takes payments, calls the hub back about each until the hub has acknowledged it, and
 * answers questions about payments. It knows the contract and uses {@code simulators.wire}, {@code faults},
 * {@code journal} and {@code chance}; no other neighbour belongs here.
 */
package simulators.payment;
