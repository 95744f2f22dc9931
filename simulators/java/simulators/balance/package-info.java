/**
 * Whether every paid order got what it paid for, once: reckoned from the journals of the shop and the neighbours alone.
 * The hub is never asked.
 */
package simulators.balance;
