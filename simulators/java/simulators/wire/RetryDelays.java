package simulators.wire;

import java.time.Duration;
import simulators.chance.Chance;

/**
 * Exponential backoff with jitter: pauses double from the first to the longest, each shortened by up to half at random, so
 * that requests which failed together aren't retried together.
 */
public record RetryDelays(Duration first, Duration longest) {

    /**
     * The pause after a failed attempt.
     *
     * @param attempt number of the attempt that failed, from 1
     * @param answer  whose {@code Retry-After} is obeyed up to the longest pause
     * @param name    of what is retried, for the jitter
     */
    public Duration pause(int attempt, HttpCaller.Answer answer, Chance chance, String name) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 20);
        Duration asked = Duration.ofSeconds(answer.retryAfter());
        Duration full = Duration.ofMillis(Math.min(doubled, longest.toMillis()));
        Duration most = asked.compareTo(full) > 0 && asked.compareTo(longest) <= 0 ? asked : full;
        return chance.between(most.dividedBy(2), most, "pause " + name + ' ' + attempt);
    }
}
