package ledger;

import java.util.List;

/**
 * The result of an operator's request to replay or dismiss a parked message.
 *
 * @param message as it is now; null when there is no message of this id
 * @param done    whether this request changed it; false when it had been done before, or there is no such message
 * @param results of the events that were applied, followed by those of early events that they set free
 */
public record ReplayResult(long id, ParkedMessage message, boolean done, List<Result> results) {
}
