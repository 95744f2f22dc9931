/**
 * The rules of one order, in plain Java: its states, the events that change them, and what each side owes. Time is an
 * argument. It may use {@code contract}; a database, a framework, or a rule about several orders never belongs here.
 *
 * <p>Begin with {@link ledger.order.Transitions#decide}: an order and an event give a {@link ledger.order.Decision}.
 */
package ledger.order;
