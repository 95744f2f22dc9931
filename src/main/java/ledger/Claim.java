package ledger;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import ledger.order.Order;

/**
 * Orders that a pull has taken upon itself for as long as its lease lasts. Others leave them alone until then; after that
 * its token no longer counts.
 *
 * @param looked how many were due, those included whose side had spoken since and which therefore only wait on
 * @param ends   when the lease ends, by {@link System#nanoTime()} of this hub
 */
public record Claim(UUID token, List<Order> orders, int looked, long ends) {

    static Claim begun(UUID token, List<Order> orders, int looked, long asked, Duration lease) {
        return new Claim(token, orders, looked, asked + lease.toNanos());
    }

    public Claim of(List<Order> some) {
        return new Claim(token, some, some.size(), ends);
    }

    /** How much of the lease is left; negative when it has ended. */
    public Duration left() {
        return Duration.ofNanos(ends - System.nanoTime());
    }

    /** Whether the lease still lasts; counted from before the database gave it, so rather too short than too long. */
    public boolean lasts() {
        return !left().isNegative();
    }
}
