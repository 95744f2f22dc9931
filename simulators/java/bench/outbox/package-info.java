/**
 * The control: what the hub does from callback to settled, with a transactional outbox. One transaction for each message
 * writes the order, and the events to send into an outbox table; a relay reads the table in batches, sends them to Kafka
 * and deletes them when all are acknowledged; listeners apply each event in a transaction of its own.
 *
 * <p>It loses no event, and is written to be fast: the JDK's HTTP server, prepared statements, no index but the keys, a
 * relay of large batches that is woken by each commit, three listeners a topic, offsets committed once a poll. It leaves
 * out what the figures don't compare, and so has less work than the hub: the timeline, the pulls and their columns,
 * estimates and tickets over HTTP, early events, cancelling, parking, refunds, logging of each step, Camel.
 *
 * <p>With a relay that takes one row at a time it is the plain form of an outbox. It may use the contract and the
 * libraries of HTTP, JDBC and Kafka; no code of the hub or of the bench belongs here.
 */
package bench.outbox;
