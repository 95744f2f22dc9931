package routes.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.Claim;
import ledger.WorkQueue;
import lifecycle.Vital;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what should have happened with what did: at each tick of Quartz it claims the orders that are due, oldest first,
 * at the route's rate, and hands them on by {@link PullCalls}.
 *
 * <p>Orders that are claimed and not settled when the power goes are due again when the lease ends. A neighbour that doesn't
 * answer is left alone until the next tick, so that a long outage uses up the attempts of one batch and not of all.
 */
final class PullConsumer extends DefaultConsumer implements Vital {

    private static final Logger LOG = LoggerFactory.getLogger(PullConsumer.class);

    /** Ticks that may be missing before the schedule counts as ended, and the shortest such time: a machine may be busy. */
    private static final int MOST_TICKS_MISSED = 5;
    private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(5);

    private final PullEndpoint endpoint;
    /** Ticks that have come and are not worked off. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** How often {@link #ended} was asked since the last tick: seconds, without those in which the process stood still. */
    private final AtomicInteger askedSinceTick = new AtomicInteger();
    private WorkQueue queue;
    private PullCalls calls;
    private Endpoint ticks;
    private Consumer quartz;
    private ExecutorService worker;
    private CountDownLatch stopped;

    PullConsumer(PullEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        queue = endpoint.queue(getRouteId());
        waiting.set(0);
        askedSinceTick.set(0);
        stopped = new CountDownLatch(1);
        worker = endpoint.getCamelContext().getExecutorServiceManager()
                .newSingleThreadExecutor(this, "Pull-" + getRouteId());
        calls = new PullCalls(endpoint, this, queue);
        calls.start();
        ticks = endpoint.startTicking();
        quartz = ticks.createConsumer(tick -> ticked());
        ServiceHelper.startService(quartz);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopAndShutdownService(quartz);
        endpoint.stopTicking(ticks);
        stopped.countDown();
        endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(worker, 5_000);
        calls.stop();
        super.doStop();
    }

    @Override
    public List<String> ended() {
        if (!isStarted()) {
            return List.of();
        }
        if (endpoint.getCron() == null) {
            Duration silence = endpoint.getEvery().multipliedBy(MOST_TICKS_MISSED);
            Duration longest = silence.compareTo(SHORTEST_SILENCE) > 0 ? silence : SHORTEST_SILENCE;
            if (askedSinceTick.incrementAndGet() > longest.toSeconds()) {
                return List.of("the schedule of " + getRouteId());
            }
        }
        return calls.ended();
    }

    /** A tick that comes while the work of the last one goes on is worked off right after it. */
    private void ticked() {
        askedSinceTick.set(0);
        if (waiting.getAndIncrement() == 0) {
            worker.execute(() -> {
                int seen;
                do {
                    seen = waiting.get();
                    pullIfOurs();
                } while (!waiting.compareAndSet(seen, 0));
            });
        }
    }

    private void pullIfOurs() {
        try {
            // Nearly the interval, as no two ticks are exactly that far apart.
            Duration apart = endpoint.getCron() != null ? Duration.ofMillis(500)
                    : endpoint.getEvery().multipliedBy(9).dividedBy(10);
            if (endpoint.hub().queues().takeTick(getRouteId(), apart)) {
                queue.recall(endpoint.longestWait());
                pull();
            }
        } catch (RuntimeException | Error e) {
            // Also an Error, as when there is no memory for a moment: else no tick would be worked off any more.
            LOG.warn("arrow={} could not pull; the next tick tries again: {}", getRouteId(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pull() throws InterruptedException {
        long begun = System.nanoTime();
        long most = endpoint.getCron() != null ? Long.MAX_VALUE
                : Math.max(1, endpoint.ratePerSecond() * endpoint.getEvery().toMillis() / 1_000);
        long looked = 0;
        boolean more = true;
        while (more && looked < most && stopped.getCount() > 0) {
            int room = (int) Math.min(endpoint.getBatch(), most - looked);
            Claim claim = queue.claim(room, endpoint.getLease());
            looked += claim.looked();
            boolean answered = claim.orders().isEmpty() || calls.handOn(claim);
            more = answered && claim.looked() == room && looked < most && !paceEnds(begun, looked);
        }
    }

    /** Waits until so many orders may have been looked at. @return whether the hub stops meanwhile */
    private boolean paceEnds(long begun, long looked) throws InterruptedException {
        long due = looked * 1_000_000_000L / endpoint.ratePerSecond();
        return stopped.await(due - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
    }
}
