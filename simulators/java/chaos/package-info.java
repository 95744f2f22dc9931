/**
 * The proof by breaking: the hub's processes, broker and database are killed, stopped and cut off under load, then all is
 * healed and must settle. The judge is never the hub's ledger, but the journals of those it serves.
 */
package chaos;
