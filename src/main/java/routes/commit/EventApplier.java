package routes.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import ledger.Arrival;
import ledger.Ledger;
import ledger.Parked;
import ledger.Result;
import ledger.order.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import routes.figures.ArrowFigures;

/**
 * Applies events to the ledger. An event for which a batch fails is found by halving the batch and parked alone; the others
 * are applied. When the database itself is the trouble, nothing is parked, the failure is thrown, and the caller tries
 * again.
 */
public final class EventApplier {

    private static final Logger LOG = LoggerFactory.getLogger(EventApplier.class);

    private final Supplier<Ledger> ledger;
    private final ArrowFigures figures;

    public EventApplier(Supplier<Ledger> ledger, ArrowFigures figures) {
        this.ledger = ledger;
        this.figures = figures;
    }

    List<Result> apply(List<Arrival> arrivals) {
        List<Result> results = new ArrayList<>(arrivals.size());
        if (!arrivals.isEmpty()) {
            Halving.of(arrivals, part -> failsForOne(part, results));
        }
        count(results);
        return results;
    }

    /** @return each message's own results, without those of events that were parked */
    List<List<Result>> applyAll(List<List<Arrival>> messages) {
        Map<Arrival, Result> results = new IdentityHashMap<>();
        apply(messages.stream().flatMap(List::stream).toList()).forEach(result -> results.put(result.arrival(), result));
        return messages.stream()
                .map(arrivals -> arrivals.stream().map(results::get).filter(Objects::nonNull).toList()).toList();
    }

    /** Which of these orders another session of the database has locked. */
    Set<String> held(Collection<String> orderIds) {
        return ledger.get().held(orderIds);
    }

    /** Keeps events of orders that stay locked; the ledger applies them when the orders are free. */
    public List<Result> keep(List<Arrival> arrivals) {
        List<Result> kept = ledger.get().keep(arrivals);
        count(kept);
        return kept;
    }

    /** Counts each result for the arrow that brought its event, also when an event of another arrow set it free. */
    public void count(List<Result> results) {
        results.forEach(result -> {
            figures.outcome(result.arrival().arrow(), result.outcome(), 1);
            if (result.parked()) {
                figures.outcome(result.arrival().arrow(), Outcome.PARKED, 1);
            }
        });
    }

    private boolean failsForOne(List<Arrival> arrivals, List<Result> results) {
        try {
            results.addAll(ledger.get().apply(arrivals));
            return false;
        } catch (RuntimeException e) {
            if (!isTheMessagesFault(e)) {
                throw e;
            }
            if (arrivals.size() == 1) {
                Arrival arrival = arrivals.get(0);
                LOG.error("order={} arrow={} can't be applied", arrival.event().orderId(), arrival.arrow(), e);
                park(List.of(parked(arrival, e)));
            }
            return true;
        }
    }

    /** @param messages of one arrow */
    public void park(List<Parked> messages) {
        if (!messages.isEmpty()) {
            // A message that Kafka delivers again is not parked again, nor counted.
            figures.outcome(messages.get(0).arrow(), Outcome.PARKED, ledger.get().park(messages));
        }
    }

    /**
     * Whether an event failed by itself, by a value that the database can't take or a fault of the hub: it would fail again.
     */
    public static boolean isTheMessagesFault(RuntimeException e) {
        boolean oursOrTheDatabases = e instanceof DataAccessException || e instanceof TransactionException;
        return !DatabaseOutage.isOne(e) && (e instanceof DataIntegrityViolationException || !oursOrTheDatabases);
    }

    private static Parked parked(Arrival arrival, RuntimeException e) {
        return arrival.parked(cantBeApplied(e));
    }

    /** Why an event that failed by itself is parked, for people. */
    public static String cantBeApplied(RuntimeException e) {
        return "can't be applied: " + e.getClass().getSimpleName();
    }
}
