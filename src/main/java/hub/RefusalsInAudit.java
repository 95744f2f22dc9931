package hub;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes refusals to the audit: the first one before its caller has the answer, the number of its repetitions later, from a
 * thread of its own. A hub that is killed loses only such numbers.
 */
@Component
class RefusalsInAudit implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalsInAudit.class);
    private static final long EVERY_SECONDS = 5;

    private final RepeatedRefusals repeated = new RepeatedRefusals();
    private final Audit audit;
    private final Clock clock;
    private ScheduledExecutorService timer;

    RefusalsInAudit(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void add(RepeatedRefusals.Refusal refusal) {
        repeated.first(refusal, clock.instant()).ifPresent(this::write);
    }

    private void write(RepeatedRefusals.Refusal refusal) {
        try {
            audit.add(refusal.actor(), refusal.act(), refusal.subject(), refusal.detail());
        } catch (DataAccessException e) {
            // The request was refused, so no change is missing from the audit.
            LOG.warn("{} {} by {} is not in the audit: {}: {}", refusal.act(), refusal.subject(), refusal.actor().name(),
                    refusal.detail(), e.getMessage());
        }
    }

    private void write(List<RepeatedRefusals.Refusal> refusals) {
        try {
            refusals.forEach(this::write);
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.warn("how often requests were refused is not in the audit; hub_requests_refused_total counts on", e);
        }
    }

    @Override
    public synchronized void start() {
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "refusals-in-audit");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> write(repeated.repeats(clock.instant())), EVERY_SECONDS, EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
            write(repeated.rest(clock.instant()));
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** Low, so that it stops after the web server, when no more requests are refused. */
    @Override
    public int getPhase() {
        return 0;
    }
}
