/**
 * {@code ./hub demo}: broker, database, hub and simulated neighbours in one JVM, with a stream of orders. It may start
 * everything of {@link embedded} and {@code simulators}; of the hub it knows only how it is started. None of it is in the
 * hub's jar.
 */
package demo;
