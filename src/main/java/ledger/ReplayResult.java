package ledger;

import java.util.List;

/**
 * What became of one message that an operator wished to have replayed or dismissed.
 *
 * @param message as it is now; null when there is none of this id
 * @param done    whether this wish did something; false when it had been done before, or there is no such message
 * @param results of the events that were applied, those that they set free behind them
 */
public record ReplayResult(long id, ParkedMessage message, boolean done, List<Result> results) {
}
