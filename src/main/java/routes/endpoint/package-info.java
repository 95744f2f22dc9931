/**
 * The Camel endpoints {@code ledger:}, {@code pull:} and {@code guaranteed:}: what a route may begin with and tell. It uses
 * {@link routes.commit}, {@link routes.message}, {@link routes.call} and {@link routes.figures}. No HTTP API and nothing of
 * one particular arrow belongs here.
 */
package routes.endpoint;
