package edits;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Looks every so often at what is in force, takes it, and says what this hub runs: in the table {@code hub_routes}, and in
 * its health.
 *
 * <p>Not to be given the CamelContext: Spring would start it for this, before it has its routes.
 */
final class Following implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Editing editing;
    private final RevisionRows rows;
    private final WatchedFolder folder;
    private final Duration every;
    private final String hub;
    private ScheduledExecutorService clock;
    private String lastFailure;

    /** @param hub what this hub is called among the others */
    Following(Editing editing, RevisionRows rows, WatchedFolder folder, Duration every, String hub) {
        this.editing = editing;
        this.rows = rows;
        this.folder = folder;
        this.every = every;
        this.hub = hub;
    }

    @Override
    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "routes-in-force");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!editing.isUp()) {
            // Camel's routes are being loaded, or are ending.
            return;
        }
        try {
            editing.follow();
            folder.look();
            Editing.Running running = editing.running();
            rows.say(hub, running.version(), running.revision(), running.trouble());
            lastFailure = null;
        } catch (RuntimeException e) {
            if (!e.toString().equals(lastFailure)) {
                LOG.warn("what routes are in force can't be told; this hub goes on with what it runs: {}", e.toString());
                lastFailure = e.toString();
            }
        }
    }

    @Override
    public void stop() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock = null;
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Ended first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Health health() {
        Editing.Running running = editing.running();
        String trouble = running.trouble() != null ? running.trouble() : folder.trouble();
        return (trouble == null ? Health.up() : Health.down().withDetail("trouble", trouble))
                .withDetail("hub", hub).withDetail("revision", running.revision()).build();
    }
}
