/**
 * The control: what the hub does from callback to settled, the textbook's way. A transaction a message writes the order and
 * what has to be told into an outbox table; a relay reads the table in batches, sends them to Kafka and deletes them when
 * all are acknowledged; listeners apply each event in a transaction of its own.
 *
 * <p>It is written not to lose: bare HTTP of the JDK, prepared statements, no index but the keys, a relay of large batches that
 * is woken by each commit, three listeners a topic, offsets committed once a poll. It leaves out what the figures don't
 * compare, which spares it work that the hub does: the timeline, the pulls and what they need, estimates and tickets asked
 * for over HTTP, events that come early, cancelling, parking, refunds, logging each step, Camel.
 *
 * <p>With a relay that takes one row at a time it is the plainest form of the same.
 */
package bench.outbox;
