/**
 * The endpoint {@code call:}: asking a neighbour over HTTP, with connections, time limits, circuit breakers, and what counts
 * as no answer. It knows the contract's form of answers; no neighbour by name, no database and no order belong here.
 */
package routes.call;
