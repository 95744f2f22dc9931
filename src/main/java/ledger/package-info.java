/**
 * The rows that keep what is true of orders, and all SQL about them. {@link ledger.Ledger} changes orders, many events a
 * transaction; {@link ledger.WorkQueues} is the work of pulls; {@link ledger.OrderQueries} answers questions;
 * {@link ledger.ParkedMessages} and {@link ledger.Audit} are for people.
 *
 * <p>It may use {@code contract}, {@code ledger.order} and Spring's JDBC. Decisions about an order belong in
 * {@code ledger.order}; nothing here knows Camel, Kafka or HTTP.
 */
package ledger;
