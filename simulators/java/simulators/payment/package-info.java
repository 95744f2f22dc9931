/** The payment system, simulated: takes payments, and tells the hub of each until the hub has acknowledged it. */
package simulators.payment;
