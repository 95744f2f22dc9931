/**
 * The storefront and its customers: the load. It orders, pays and sometimes cancels, and journals the answers. It knows
 * the contract and the request of {@code simulators.payment}, and uses {@code simulators.wire}, {@code journal} and
 * {@code chance}; what becomes of the orders belongs in {@code simulators.balance}.
 */
package simulators.shop;
