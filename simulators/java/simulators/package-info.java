/**
 * The hub's neighbours, simulated: payment, barista, dispatch, a shop that brings the orders, and a loyalty programme that
 * came later. Real HTTP and Kafka, seeded, each with a journal of its own. Of the hub they know the contract and nothing
 * else.
 */
package simulators;
