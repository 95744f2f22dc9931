package ledger;

import java.time.Duration;

/**
 * How long to wait before asking again: twice as long each time, shortened by up to half at random, so that those who
 * failed together don't return together.
 *
 * @param first after the first attempt
 * @param most  and never longer than this
 */
public record Backoff(Duration first, Duration most) {

    public Backoff {
        if (first.isZero() || first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off begins above zero and ends no lower, as in 30s and 10m");
        }
    }
}
