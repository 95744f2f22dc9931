package routes.commit;

import java.time.Duration;

/**
 * With how many others an item goes into one batch, and how long it waits for them.
 *
 * @param most     weight of a batch that holds the item, at most; an item that is heavier by itself goes alone
 * @param linger   how long the item waits for others, unless the batch is full before; longer while a batch is in hand, or
 *                 while its worker rests
 * @param givesWay items that come within this time after it, and give way for less, go before it
 * @param after    how long the item stays out of any batch
 */
public record BatchPolicy(int most, Duration linger, Duration givesWay, Duration after) {

    /** For items that are all of one kind. */
    public BatchPolicy(int most, Duration linger) {
        this(most, linger, Duration.ZERO, Duration.ZERO);
    }

    public static BatchPolicy givingWay(int most, Duration linger, Duration givesWay) {
        return new BatchPolicy(most, linger, givesWay, Duration.ZERO);
    }
}
