/**
 * A loyalty programme (会员), simulated: the neighbour that came later. Of the hub it hears of settled orders and nothing
 * else; it knows an order again by the idempotency key alone.
 */
package simulators.loyalty;
