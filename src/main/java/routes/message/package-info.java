/**
 * A record from Kafka, a CloudEvent, and what it says to the ledger. It knows the contract and the wire format. How records
 * are polled ({@link routes.kafka}) and what becomes of their events does not belong here.
 */
package routes.message;
