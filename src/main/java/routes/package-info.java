/**
 * What ops must not be able to break, for the routes that {@code routes.yaml} describes: the endpoints {@code ledger:} and
 * {@code call:}, the processors that the YAML names, the entries' checks, the handling of errors, and the figures.
 *
 * <p>Where things stand: YAML says what flows where, this package how it is done, {@code ledger} what is true.
 */
package routes;
