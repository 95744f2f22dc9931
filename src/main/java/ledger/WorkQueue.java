package ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Orders that are owed something, for a pull to work off, oldest first. Any number of hubs may do so at once: a claimed
 * order belongs to one of them for the time of its lease.
 * <pre>{@code
 * Claim claim = queue.claim(200, Duration.ofMinutes(1));
 * Map<String, String> causes = ask(claim.orders());   // applies what is answered; why others were not, by order id
 * queue.settle(claim, causes, backoff);
 * }</pre>
 */
public interface WorkQueue {

    /**
     * Makes due what is due later than this pull ever waits: since it was written, the database's clock has stepped back, or
     * the pull's times were shortened.
     *
     * @param longest the longest time that the pull waits
     */
    void recall(Duration longest);

    /**
     * Takes orders that are due; committed when this returns.
     *
     * @param most  upper bound of the orders; 1 or more
     * @param lease how long no other pull claims them
     */
    Claim claim(int most, Duration lease);

    /**
     * Ends the claim after its orders were asked for. Orders that are still owed are due again after a pause that grows with
     * their attempts. Orders that another pull has claimed since are left alone.
     *
     * @param causes why the attempt failed, in words, by order id
     * @return the ids of those that are still owed
     */
    List<String> settle(Claim claim, Map<String, String> causes, Backoff pause);

    /**
     * Ends the claim without an attempt. Its orders are due at once, oldest first. Orders that another pull has claimed
     * since are left alone.
     *
     * @param cause why they were not asked for, in words
     */
    void release(Claim claim, String cause);
}
