/**
 * The hub's own REST API for people and for the shop: orders, search, what is stuck, parked messages, refunds, the audit. It
 * uses the ledger's queries and {@link routes.http}. Entries that are arrows of the diagram stand in {@code routes.yaml}.
 */
package routes.api;
