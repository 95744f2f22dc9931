/**
 * What is true of an order: its states, the decisions that move them, and the rows that keep them.
 *
 * <p>{@link ledger.order.Transitions} decides, in plain Java and without a clock or a database of its own; {@link ledger.Ledger}
 * makes decisions durable, many events a transaction. Nothing here knows Camel, Kafka or HTTP.
 */
package ledger;
