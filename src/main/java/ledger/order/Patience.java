package ledger.order;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How long each side may be silent before a pull looks, and how long the ledger waits for what is missing.
 *
 * @param ages   by debt, where no pull asks for it; a minute for a debt that is not named
 * @param pulls  by the id of the pull's route; several may ask for the same debt, each for the orders of its stores
 * @param unpaid how long a confirmed order waits for its payment; after that it expires as soon as the payment system
 *               confirms that it is not paid
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

    /** The shortest age of this debt, of all stores. */
    public Duration age(Debt debt) {
        return shortest(debt, pull -> true);
    }

    /**
     * The age of this debt for that store. While one pull replaces another, the shorter of both: a pull that looks early
     * waits on.
     */
    Duration age(Debt debt, String storeId) {
        return shortest(debt, pull -> pull.stores().include(storeId));
    }

    private Duration shortest(Debt debt, Predicate<Pull> which) {
        return pulls.values().stream().filter(pull -> pull.debt() == debt).filter(which).map(Pull::age)
                .min(Duration::compareTo).orElse(ages.getOrDefault(debt, USUAL));
    }

    /** The same, with that arrow's pull, which takes the place of its former one. */
    public Patience with(String arrow, Pull pull) {
        Map<String, Pull> next = new HashMap<>(pulls);
        next.put(arrow, pull);
        return new Patience(ages, next, unpaid, early);
    }
}
