package ledger;

import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long each time, shortened by a random part of up to half, so that
 * orders whose attempts failed together are not asked for together again.
 *
 * @param first the wait after the first attempt; more than zero
 * @param most  upper bound of the wait; {@code first} or more
 */
public record Backoff(Duration first, Duration most) {

    public Backoff {
        if (first.isZero() || first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off begins above zero and ends no lower, as in 30s and 10m");
        }
    }
}
