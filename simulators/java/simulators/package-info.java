/**
 * The hub's neighbours, simulated: payment, barista, dispatch, a shop whose customers order, and a loyalty programme. Real
 * HTTP and Kafka, seeded, each with a journal of its own. They know the contract and no other class of the hub; this package
 * itself has only the command line of the simulators' jar.
 */
package simulators;
