package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Whether orders settle as fast as they arrive, over a window in which they arrive at a steady rate. */
final class Backlog {

    /** The backlog may grow by the arrivals of this many seconds in the window, because orders settle in batches. */
    private static final double NOISE_SECONDS = 0.3;
    /** Or by this share of the window's arrivals, if that is more. */
    private static final double NOISE_SHARE = 0.02;

    private final List<Look> looks = new ArrayList<>();

    /**
     * @param seconds since the arrivals began
     * @param arrived number of orders that were to arrive by then, whether or not their callback is answered
     * @param settled number of these orders that have settled
     */
    private record Look(double seconds, double arrived, double settled) {

        double onItsWay() {
            return arrived - settled;
        }
    }

    /**
     * The result of a window.
     *
     * @param settledPerSecond orders that settled a second
     * @param grewSeconds      growth of the backlog from the window's begin to its end, in seconds of arrivals
     * @param held             whether that growth is within the noise
     */
    record Judgement(double settledPerSecond, double grewSeconds, boolean held) {
    }

    synchronized void look(double seconds, double arrived, double settled) {
        looks.add(new Look(seconds, arrived, settled));
    }

    /** With fewer than three looks the rate does not hold: the hub was too busy to answer. */
    synchronized Judgement between(double from, double to, double perSecond) {
        List<Look> window = looks.stream().filter(look -> look.seconds >= from && look.seconds <= to).toList();
        if (window.size() < 3) {
            return new Judgement(0, to - from, false);
        }
        double settled = slope(window, Look::settled);
        double grew = (slope(window, Look::arrived) - settled) * (to - from) / perSecond;
        return new Judgement(settled, grew, grew <= Math.max(NOISE_SECONDS, NOISE_SHARE * (to - from)));
    }

    /**
     * How long it takes until a backlog that a disturbance has caused is gone.
     *
     * @param before seconds since the arrivals began: begin of the disturbance
     * @param from   seconds since the arrivals began: end of the disturbance
     * @return seconds after {@code from} until no more orders than before were on their way, apart from noise; empty when
     *         there were more at the last look
     */
    synchronized OptionalDouble goneAfter(double before, double from, double perSecond) {
        double usual = looks.stream().filter(look -> look.seconds <= before && look.seconds >= before / 2)
                .mapToDouble(Look::onItsWay).average().orElse(0);
        return looks.stream().filter(look -> look.seconds >= from)
                .filter(look -> look.onItsWay() <= usual + NOISE_SECONDS * perSecond)
                .mapToDouble(look -> look.seconds - from).findFirst();
    }

    /** The most orders that were on their way at once. */
    synchronized double most() {
        return looks.stream().mapToDouble(Look::onItsWay).max().orElse(0);
    }

    private interface Figure {
        double of(Look look);
    }

    /** Slope of the regression line through all looks; two looks alone may be just before or after a batch. */
    private static double slope(List<Look> looks, Figure figure) {
        double meanTime = looks.stream().mapToDouble(Look::seconds).average().orElseThrow();
        double mean = looks.stream().mapToDouble(figure::of).average().orElseThrow();
        double both = 0;
        double squares = 0;
        for (Look look : looks) {
            both += (look.seconds - meanTime) * (figure.of(look) - mean);
            squares += (look.seconds - meanTime) * (look.seconds - meanTime);
        }
        return both / squares;
    }
}
