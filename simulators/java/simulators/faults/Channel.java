package simulators.faults;

import static simulators.faults.Fault.DELAY;
import static simulators.faults.Fault.DOUBLE;
import static simulators.faults.Fault.DOWN;
import static simulators.faults.Fault.ERROR_500;
import static simulators.faults.Fault.LOSE;
import static simulators.faults.Fault.REORDER;
import static simulators.faults.Fault.TIME_OUT;
import static simulators.faults.Fault.TIME_OUT_BUT_APPLIED;

import java.util.EnumSet;
import java.util.Set;

/**
 * A kind of messages into or out of a simulator, and the faults that can strike them.
 *
 * @param name as rules name it
 */
public record Channel(String name, Set<Fault> faults) {

    /** HTTP requests to a simulator. */
    public static final Channel HTTP_IN = new Channel("http-in",
            EnumSet.of(LOSE, ERROR_500, TIME_OUT, TIME_OUT_BUT_APPLIED, DOUBLE, DELAY, DOWN));
    /** Events that a simulator sends. */
    public static final Channel EVENTS_OUT = new Channel("events-out", EnumSet.of(LOSE, DOUBLE, REORDER, DELAY, DOWN));
    /** Callbacks of the payment system about an order's first payment. */
    public static final Channel CALLBACKS = callbacks("callbacks");
    /** Callbacks of the payment system about an order's further payments. */
    public static final Channel LATER_CALLBACKS = callbacks("later-callbacks");

    public Channel {
        faults = Set.copyOf(faults);
    }

    private static Channel callbacks(String name) {
        return new Channel(name, EnumSet.of(LOSE, TIME_OUT, TIME_OUT_BUT_APPLIED, DOUBLE, DELAY, DOWN));
    }

    /** Events that a simulator reads. */
    public static Channel eventsIn(String name) {
        return new Channel(name, EnumSet.of(LOSE, DOUBLE, REORDER, DELAY, DOWN));
    }
}
