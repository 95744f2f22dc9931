package simulators.wire;

import java.time.Duration;
import simulators.chance.Chance;

/**
 * How long to wait before asking again: doubling from the first to the longest pause, each shortened by up to half at
 * random, so that those who failed together don't return together.
 */
public record RetryDelays(Duration first, Duration longest) {

    /** @param attempt from 1: the one that failed */
    public Duration pause(int attempt, HttpCaller.Answer answer, Chance chance, String name) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 20);
        Duration asked = Duration.ofSeconds(answer.retryAfter());
        Duration full = Duration.ofMillis(Math.min(doubled, longest.toMillis()));
        Duration most = asked.compareTo(full) > 0 && asked.compareTo(longest) <= 0 ? asked : full;
        return chance.between(most.dividedBy(2), most, "pause " + name + ' ' + attempt);
    }
}
