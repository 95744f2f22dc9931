package edits;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import lifecycle.RepeatingTask;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Looks every so often at what is in force, takes it, and says what this hub runs: in the table {@code hub_routes}, and in
 * its health. The folder is looked at beside that, as an edit of its may take minutes.
 *
 * <p>Not to be given the CamelContext: Spring would start it for this, before it has its routes.
 */
final class RevisionTasks implements SmartLifecycle, HealthIndicator {

    /** Intervals without a look that came to its end, and at least half a minute: an edit may take that long. */
    private static final int MOST_MISSED = 10;
    private static final Duration LEAST_LATE = Duration.ofSeconds(30);

    private final RevisionFollower follower;
    private final RevisionRows rows;
    private final WatchedFolder folder;
    private final Duration every;
    private final String hub;
    private volatile RepeatingTask looks;
    private volatile RepeatingTask folderLooks;

    /** @param hub what this hub is called among the others */
    RevisionTasks(RevisionFollower follower, RevisionRows rows, WatchedFolder folder, Duration every, String hub) {
        this.follower = follower;
        this.rows = rows;
        this.folder = folder;
        this.every = every;
        this.hub = hub;
    }

    @Override
    public void start() {
        looks = RepeatingTask.every(every, "routes-in-force", this::look);
        folderLooks = RepeatingTask.every(every, "routes-folder", this::lookAtFolder);
    }

    /** While Camel's routes are being loaded, or are ending, there is nothing to say. */
    private void look() {
        if (follower.isUp()) {
            follower.follow();
            RunningRoutes running = follower.running();
            rows.say(hub, running.version(), running.revision(), running.trouble());
        }
    }

    private void lookAtFolder() {
        if (follower.isUp()) {
            folder.look();
        }
    }

    @Override
    public void stop() {
        folderLooks.close();
        looks.close();
        looks = null;
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }

    /** Ended first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Health health() {
        RunningRoutes running = follower.running();
        String trouble = Stream.of(running.trouble(), folder.trouble(), late(since(looks), every, "what is in force"),
                late(since(folderLooks), every, "the folder of route files")).filter(Objects::nonNull).findFirst()
                        .orElse(null);
        Health.Builder health = (trouble == null ? Health.up() : Health.down().withDetail("trouble", trouble))
                .withDetail("hub", hub).withDetail("revision", running.revision());
        if (!follower.keptOver().isEmpty()) {
            health.withDetail("stillOwed", "orders are owed over " + follower.keptOver() + ", which the routes have no more: "
                    + "add them again to hand these over, and take them out with owed: drop to be rid of them");
        }
        return health.build();
    }

    private static Duration since(RepeatingTask repeated) {
        return repeated == null ? Duration.ZERO : repeated.sinceSuccess();
    }

    /** @return what to say of it; null while it is in time */
    static String late(Duration since, Duration every, String what) {
        Duration most = every.multipliedBy(MOST_MISSED);
        if (since.compareTo(most.compareTo(LEAST_LATE) > 0 ? most : LEAST_LATE) <= 0) {
            return null;
        }
        return what + " was last looked at " + since.toSeconds() + " s ago, instead of every " + every.toMillis()
                + " ms; the log says why, by the thread's name; restart this hub if it says nothing";
    }
}
