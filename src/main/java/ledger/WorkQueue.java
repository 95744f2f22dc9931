package ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a pull works off, oldest first. Every hub may, at once: each order is one hub's for the time of a lease. */
public interface WorkQueue {

    /**
     * What is due later than this pull would ever have it is due now: the database's clock has stepped back since, or the
     * pull was told to wait for less.
     *
     * @param longest of all that the pull waits for
     */
    void recall(Duration longest);

    /** Takes orders that are due; committed when this returns. @param most 1 or more */
    Claim claim(int most, Duration lease);

    /**
     * Those of the claim that are still owed are due again after a pause that grows with their attempts. Those that were
     * claimed by another since are left alone.
     *
     * @param causes why it was in vain, in words, by order id
     * @return the ids of those that are still owed
     */
    List<String> settle(Claim claim, Map<String, String> causes, Backoff pause);

    /**
     * Those of the claim that nobody was asked for are due at once, the oldest first, and it was no attempt. Those that
     * were claimed by another since are left alone.
     *
     * @param cause why not, in words
     */
    void release(Claim claim, String cause);
}
