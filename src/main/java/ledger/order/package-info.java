/**
 * The rules of one order, in plain Java: its states, what can be said of it, what is owed for it, and how each event moves
 * it. Time is an argument. It knows no database, no other order, no framework.
 *
 * <p>{@link ledger.order.Transitions#decide} is the whole of it: an order and an event give a {@link ledger.order.Decision}.
 */
package ledger.order;
