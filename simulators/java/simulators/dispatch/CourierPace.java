package simulators.dispatch;

import java.time.Duration;

/**
 * How fast and how reliably couriers work; each step takes between half of its time and all of it.
 *
 * @param assign          time until a courier is found
 * @param pickUp          time until the order is picked up
 * @param ride            time until it is delivered
 * @param reassignedShare share of the deliveries whose first courier gives up and is replaced, 0 to 1
 * @param failedShare     share of the deliveries that fail for good, 0 to 1
 */
public record CourierPace(Duration assign, Duration pickUp, Duration ride, double reassignedShare,
                          double failedShare) {

    /** The pace of the demo: quick enough to watch. */
    public static final CourierPace LIVELY = new CourierPace(
            Duration.ofMillis(800), Duration.ofMillis(1_200), Duration.ofSeconds(3), 0.1, 0.01);

    /** The same couriers with every time multiplied: 0.1 is ten times as fast. */
    public CourierPace times(double factor) {
        return new CourierPace(scaled(assign, factor), scaled(pickUp, factor), scaled(ride, factor), reassignedShare,
                failedShare);
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos((long) (time.toNanos() * factor));
    }
}
