/**
 * What a route file may hold: how it is read, and every rule that judges it, with a line for each finding. It may use
 * Camel's YAML parser; it touches no running route, no broker and no database, so that {@code ./hub routes check} works
 * anywhere.
 */
package edits.rules;
