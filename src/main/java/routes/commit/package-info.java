/**
 * Group commit: many callers, one transaction. It knows the ledger and its failures. Camel, Kafka and what a message looks
 * like do not belong here.
 */
package routes.commit;
