/**
 * {@code ./hub chaos}: the hub's processes, broker and database are killed, suspended and disconnected under load; then
 * everything is repaired and has to settle. The promises are checked by the journals of customers and neighbours; the
 * hub's own answers are only compared with them.
 *
 * <p>It may use {@link embedded}, {@code simulators} and the tokens of {@link demo}; of the hub it knows the API, the
 * settings, the tables that it measures, and the sources that a {@link chaos.Mutant} changes. A figure about speed
 * belongs in {@link bench}.
 */
package chaos;
