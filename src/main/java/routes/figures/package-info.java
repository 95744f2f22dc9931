/**
 * Counting and timing: figures of each arrow, what is owed, the last hour, and the live stream of them. It counts what
 * others report; nothing here decides anything.
 */
package routes.figures;
