/**
 * {@code ./hub demo}: broker, database, hub and simulated neighbours in one JVM, with a stream of orders. It may start
 * everything of {@link embedded} and {@code simulators}; of the hub it knows the main class, the properties and
 * {@code GET /api/flow}. Rules about orders belong in {@code simulators.balance}, not here. None of it is in the hub's jar.
 */
package demo;
