package ledger;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long each side may be silent before a pull looks.
 *
 * @param ages   by what is awaited; a minute for what is not named
 * @param unpaid how long a confirmed order waits for its payment; after that it expires, on the payment system's word
 * @param early  how long an event waits for what it builds on before it is parked
 */
public record Patience(Map<Debt, Duration> ages, Duration unpaid, Duration early) {

    private static final Duration USUAL = Duration.ofMinutes(1);

    public Patience {
        ages = Map.copyOf(ages);
    }

    Duration age(Debt debt) {
        return ages.getOrDefault(debt, USUAL);
    }

    Patience with(Debt debt, Duration age) {
        Map<Debt, Duration> next = new EnumMap<>(Debt.class);
        next.putAll(ages);
        next.put(debt, age);
        return new Patience(next, unpaid, early);
    }
}
