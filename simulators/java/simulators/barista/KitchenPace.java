package simulators.barista;

import java.time.Duration;

/**
 * How fast stores work.
 *
 * @param cup         time to make one cup; a store makes one at a time
 * @param automatic   time until a store that accepts automatically has accepted
 * @param manualLeast least time until a store that accepts by hand has accepted
 * @param manualMost  most time until a store that accepts by hand has accepted
 * @param manualShare share of the stores that accept by hand, 0 to 1
 */
public record KitchenPace(Duration cup, Duration automatic, Duration manualLeast, Duration manualMost,
                          double manualShare) {

    /** The pace of the demo: quick enough to watch. */
    public static final KitchenPace LIVELY = new KitchenPace(Duration.ofMillis(300), Duration.ofMillis(200),
            Duration.ofSeconds(1), Duration.ofSeconds(3), 0.2);

    /** The same kitchen with every time multiplied: 0.1 is ten times as fast. */
    public KitchenPace times(double factor) {
        return new KitchenPace(scaled(cup, factor), scaled(automatic, factor), scaled(manualLeast, factor),
                scaled(manualMost, factor), manualShare);
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos((long) (time.toNanos() * factor));
    }
}
