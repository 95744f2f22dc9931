package simulators.chance;

import java.time.Duration;
import java.util.SplittableRandom;

/** Seeded chance by name, so that a run repeats although its threads don't. */
public record Chance(long seed) {

    /** From 0 to below 1. */
    public double of(String name) {
        return random(name).nextDouble();
    }

    /** Whether the thing of that name is among the given share (0 to 1). */
    public boolean hits(double share, String name) {
        return share > 0 && (share >= 1 || of(name) < share);
    }

    /** Evenly from least to most, both included. */
    public Duration between(Duration least, Duration most, String name) {
        return least.plus(Duration.ofNanos((long) (most.minus(least).toNanos() * of(name))));
    }

    public SplittableRandom random(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return new SplittableRandom(seed * 0x9e3779b97f4a7c15L ^ hash);
    }
}
