package ledger;

import java.time.Duration;

/**
 * How long each side may be silent before a pull looks.
 *
 * @param payment  from confirmation to the callback
 * @param barista  from the payment to the next word of the barista
 * @param dispatch from the making to the next word of dispatch
 * @param unpaid   how long a confirmed order waits for its payment before it expires
 * @param early    how long an event waits for what it builds on before it is parked
 */
public record Patience(Duration payment, Duration barista, Duration dispatch, Duration unpaid, Duration early) {
}
