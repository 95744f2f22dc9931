package simulators.chance;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Random choices by seed and name: they are the same in each run, although the order of its threads is not.
 *
 * @param seed of all choices
 */
public record Chance(long seed) {

    /** The number of this name, from 0 to below 1. */
    public double of(String name) {
        return random(name).nextDouble();
    }

    /** Whether this name is among the given share of all names, 0 to 1. */
    public boolean hits(double share, String name) {
        return share > 0 && (share >= 1 || of(name) < share);
    }

    /** A duration from least to most, evenly distributed. */
    public Duration between(Duration least, Duration most, String name) {
        return least.plus(Duration.ofNanos((long) (most.minus(least).toNanos() * of(name))));
    }

    /** A generator for several numbers of this name. */
    public SplittableRandom random(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return new SplittableRandom(seed * 0x9e3779b97f4a7c15L ^ hash);
    }
}
