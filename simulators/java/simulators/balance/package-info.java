/**
 * Whether every paid order got what it was paid for, once: added up from the journals of the shop and the neighbours. It
 * knows what the journals' entries mean, and uses them alone; a question to the hub never belongs here.
 */
package simulators.balance;
