/**
 * What {@code routes.yaml} names, and the assembly: the entries' checks, the processors of each arrow, the set-up of Camel,
 * the handling of errors, the dry run of an edited route, and the jobs that only time brings about. It may use every room
 * below it; nothing below it may use it, except {@link routes.api}. What an endpoint does, how a message is written or how a
 * transaction is made does not belong here.
 */
package routes;
