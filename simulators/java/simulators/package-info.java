/**
 * The hub's neighbours, simulated: payment, barista, dispatch, and a shop that brings the orders. Real HTTP and Kafka,
 * seeded, each with a journal of its own. Of the hub they know the contract and nothing else.
 */
package simulators;
