/**
 * {@code call:}, asking a neighbour over HTTP: connections, time limits, circuit breakers, and what counts as no answer. It
 * knows no neighbour by name, and no database.
 */
package routes.call;
