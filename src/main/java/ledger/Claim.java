package ledger;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import ledger.order.Order;

/**
 * Orders that a pull has claimed for the time of a lease. No other pull claims them before it ends; after that, another may,
 * and this claim changes nothing any more.
 *
 * @param token  distinguishes this claim from a later one of the same orders
 * @param looked how many orders were due, those included whose side was heard of since, and which are therefore not claimed
 * @param ends   when the lease ends, by {@link System#nanoTime()} of this hub
 */
public record Claim(UUID token, List<Order> orders, int looked, long ends) {

    static Claim begun(UUID token, List<Order> orders, int looked, long asked, Duration lease) {
        return new Claim(token, orders, looked, asked + lease.toNanos());
    }

    /** The part of this claim that holds these orders. */
    public Claim of(List<Order> some) {
        return new Claim(token, some, some.size(), ends);
    }

    /** How much of the lease is left; negative when it has ended. */
    public Duration left() {
        return Duration.ofNanos(ends - System.nanoTime());
    }

    /**
     * Whether the lease still lasts. It is counted from before the database gave it, so that it ends rather early than late.
     */
    public boolean lasts() {
        return !left().isNegative();
    }
}
