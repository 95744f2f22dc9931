package routes.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import ledger.Step;
import lifecycle.Vital;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Adds to the timeline what became of messages that went out, of all arrows together: a transaction costs about the same for
 * one as for a hundred, and nobody waits for these. What has no row yet when the power goes gets none; the timeline then
 * tells less than has happened, and what is owed stands in the orders.
 */
final class SentSteps extends ServiceSupport implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(SentSteps.class);

    /** Shorter than what was sent takes to be answered, so that an order's timeline has them in their sequence. */
    private static final long LINGER_MILLIS = 50;

    private static final String NAME = "Ledger-sent";

    private static final int MOST = 2_000;
    /** Some seconds of a peak. */
    private static final int ROOM = 20_000;

    private final Consumer<List<Step>> write;
    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>(ROOM);
    private volatile boolean open;
    private volatile Thread writer;

    /** @param write adds them to the timeline, in one transaction */
    SentSteps(Consumer<List<Step>> write) {
        this.write = write;
    }

    /** Returns at once. */
    void add(List<Step> steps) {
        List<Step> left = steps.stream().filter(step -> !queue.offer(step)).toList();
        if (!left.isEmpty()) {
            lacking(left, ROOM + " others wait for the database");
        }
    }

    /** How many have no row yet. */
    int waiting() {
        return queue.size();
    }

    @Override
    protected void doStart() {
        open = true;
        writer = new Thread(this::work, NAME);
        writer.setDaemon(true);
        writer.start();
    }

    /** Returns when all are written: the routes that bring them have stopped before. */
    @Override
    protected void doStop() throws InterruptedException {
        open = false;
        if (writer != null) {
            writer.join();
        }
    }

    @Override
    public List<String> ended() {
        return isStarted() && !writer.isAlive() ? List.of(NAME) : List.of();
    }

    private void work() {
        while ((open || !queue.isEmpty()) && !Thread.currentThread().isInterrupted()) {
            try {
                Step first = queue.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(open ? LINGER_MILLIS : 0));
                    List<Step> steps = new ArrayList<>(List.of(first));
                    queue.drainTo(steps, MOST - 1);
                    write(steps);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Error e) {
                // As when there is no memory for the list of what is next: nothing else would start this again.
                LOG.error("the timeline goes on with the next steps: {}", e.toString());
            }
        }
    }

    /** Whatever goes wrong with some, the next are written: nothing else would start this again. */
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
