package edits;

import java.util.concurrent.TimeUnit;

/** When to try a revision again that did not start: soon, then after longer pauses, as each try stops routes that run. */
final class RetrySchedule {

    private static final long FIRST = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private long version = -1;
    private long pause;
    private long failedAt;

    void failed(long what) {
        pause = what == version ? Math.min(pause * 2, LONGEST) : FIRST;
        version = what;
        failedAt = System.nanoTime();
    }

    boolean isDue(long what) {
        return what != version || System.nanoTime() - failedAt >= pause;
    }
}
