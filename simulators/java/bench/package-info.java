/**
 * {@code ./hub bench}: how fast the hub is, and what costs how much: load, hub, broker, database and neighbours on one
 * machine, in processes of their own, beside controls and the machine's limits. {@code docs/performance.md} says what is
 * measured, and by which clock.
 *
 * <p>It may use {@link embedded}, {@code simulators} and the tokens of {@link demo}; of the hub it knows the API, the
 * settings, and the tables into which it inserts orders. Whether promises are kept under failures belongs in
 * {@link chaos}.
 */
package bench;
