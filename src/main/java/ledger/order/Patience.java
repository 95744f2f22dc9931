package ledger.order;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How long each side may be silent before a pull looks.
 *
 * @param ages   by what is awaited, where no pull asks for it; a minute for what is not named
 * @param pulls  by arrow; several may ask for the same, each for the orders of its stores
 * @param unpaid how long a confirmed order waits for its payment; after that it expires, on the payment system's word
 * @param early  how long an event waits for what it builds on before it is parked
 */
public record Patience(Map<Debt, Duration> ages, Map<String, Pull> pulls, Duration unpaid, Duration early) {

    /** How long a pull lets a side be silent before it asks. */
    public record Pull(Debt debt, Stores stores, Duration age) {
    }

    private static final Duration USUAL = Duration.ofMinutes(1);

    public Patience {
        ages = Map.copyOf(ages);
        pulls = Map.copyOf(pulls);
    }

    public Patience(Map<Debt, Duration> ages, Duration unpaid, Duration early) {
        this(ages, Map.of(), unpaid, early);
    }

    /** Of all stores the shortest. */
    public Duration age(Debt debt) {
        return shortest(debt, pull -> true);
    }

    /** Of that store. Of several pulls, as while one takes another's place, the shortest: who looks too early waits on. */
    Duration age(Debt debt, String storeId) {
        return shortest(debt, pull -> pull.stores().include(storeId));
    }

    private Duration shortest(Debt debt, Predicate<Pull> which) {
        return pulls.values().stream().filter(pull -> pull.debt() == debt).filter(which).map(Pull::age)
                .min(Duration::compareTo).orElse(ages.getOrDefault(debt, USUAL));
    }

    public Patience with(String arrow, Pull pull) {
        Map<String, Pull> next = new HashMap<>(pulls);
        next.put(arrow, pull);
        return new Patience(ages, next, unpaid, early);
    }
}
