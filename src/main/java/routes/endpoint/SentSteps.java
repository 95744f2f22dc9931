package routes.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import ledger.Step;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import routes.commit.BatchPolicy;
import routes.commit.Batcher;

/**
 * Adds to the timeline what became of messages that went out, of all arrows together: a transaction costs about the same for
 * one as for a hundred, and no caller waits for these. What has no row yet when the power goes gets none; the timeline then
 * tells less than has happened, and what is owed stands in the orders.
 */
final class SentSteps extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(SentSteps.class);

    /** Shorter than what was sent takes to be answered, so that an order's timeline has them in their sequence. */
    private static final BatchPolicy POLICY = new BatchPolicy(2_000, Duration.ofMillis(50));

    /** Some seconds of a peak. */
    private static final int ROOM = 20_000;

    private final Consumer<List<Step>> write;
    private final Batcher<Step> batches = new Batcher<>("Ledger-sent", ROOM, (began, ended) -> POLICY.linger().toNanos(),
            this::write);

    /** @param write adds them to the timeline, in one transaction */
    SentSteps(Consumer<List<Step>> write) {
        this.write = write;
    }

    /** Returns at once. */
    void add(List<Step> steps) {
        List<Step> left = steps.stream().filter(step -> !batches.offer(step, POLICY)).toList();
        if (!left.isEmpty()) {
            lacking(left, ROOM + " others wait for the database");
        }
    }

    /** How many have no row yet and are in no transaction. */
    int waiting() {
        return batches.waiting();
    }

    @Override
    protected void doStart() {
        batches.start();
    }

    /** Returns when all are written: the routes that bring them have stopped before. */
    @Override
    protected void doStop() {
        batches.stop();
    }

    @Override
    public List<String> ended() {
        return batches.ended();
    }

    private void write(List<Step> steps) {
        try {
            write.accept(steps);
        } catch (DataAccessException | TransactionException e) {
            lacking(steps, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("{} steps from order={} on may be missing from the timeline", steps.size(), steps.get(0).orderId(), e);
        }
    }

    private static void lacking(List<Step> steps, String cause) {
        Step first = steps.get(0);
        LOG.warn("the timeline lacks {} steps, the first arrow={} order={} ({}): {}", steps.size(), first.arrow(),
                first.orderId(), first.outcome(), cause);
    }
}
