package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Whether orders are settled as fast as they come: looked at over a window of time in which they come steadily. */
final class Backlog {

    /** A rate that is kept up may gather this many seconds' worth of arrivals in the window, for they settle by batches. */
    private static final double NOISE_SECONDS = 0.3;
    /** Or this share of the window's arrivals. */
    private static final double NOISE_SHARE = 0.02;

    private final List<Look> looks = new ArrayList<>();

    /**
     * @param seconds since the arrivals began
     * @param arrived meant to have arrived by then, answered or not
     * @param settled of them
     */
    private record Look(double seconds, double arrived, double settled) {

        double onItsWay() {
            return arrived - settled;
        }
    }

    /**
     * What the window shows.
     *
     * @param settledPerSecond in it
     * @param grewSeconds      how many seconds' worth of arrivals the backlog grew by, from its first to its last moment
     * @param held             whether that is within the noise
     */
    record Judgement(double settledPerSecond, double grewSeconds, boolean held) {
    }

    synchronized void look(double seconds, double arrived, double settled) {
        looks.add(new Look(seconds, arrived, settled));
    }

    /** Where less than three looks were possible, the hub was too busy to tell: that is no rate that holds. */
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
     * When a backlog is gone again, that something had made grow.
     *
     * @param before seconds since the arrivals began: until then all was well, and there was as much on its way as ever
     * @param from   seconds since the arrivals began: when what had made it grow was over
     * @return how many seconds after {@code from} no more was on its way than before, but for the noise; empty when there
     *         was more for as long as anybody looked
     */
    synchronized OptionalDouble goneAfter(double before, double from, double perSecond) {
        double usual = looks.stream().filter(look -> look.seconds <= before && look.seconds >= before / 2)
                .mapToDouble(Look::onItsWay).average().orElse(0);
        return looks.stream().filter(look -> look.seconds >= from)
                .filter(look -> look.onItsWay() <= usual + NOISE_SECONDS * perSecond)
                .mapToDouble(look -> look.seconds - from).findFirst();
    }

    /** How much was on its way at most, in orders. */
    synchronized double most() {
        return looks.stream().mapToDouble(Look::onItsWay).max().orElse(0);
    }

    private interface Figure {
        double of(Look look);
    }

    /** The straight line through all of them, rather than through two that may be just before or just after a batch. */
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
