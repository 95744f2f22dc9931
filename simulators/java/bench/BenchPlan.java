package bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be run.
 *
 * @param directory everything that the run writes is below it
 * @param hubJar    the production jar
 * @param hubJava   options of the hub's JVM, and of its controls'
 * @param everyJava options of every JVM before those
 * @param warmUp    orders a second, one rate after the other, before anything is measured
 * @param mix     what orders are like
 * @param rate      orders a second; 0 searches for the highest that holds
 * @param ramp      how long orders come before a measurement begins; longer than an order's whole life
 * @param search    how long each rate is measured while the highest that holds is searched for
 * @param measured  how long the rate that was found is measured
 * @param repeats   how often it is
 * @param mostSteps of a search
 * @param limits    how long each limit of the machine is measured
 * @param outage    of the broker
 * @param history   orders that are long settled, live and in history, which the hub is measured with
 * @param profiled  whether the JVMs record what they do
 */
record BenchPlan(Path directory, Path hubJar, List<String> everyJava, List<String> hubJava, List<Double> warmUp, OrderMix mix,
            double rate, Duration ramp, Duration search, Duration measured, int repeats, int mostSteps, Duration limits,
            Set<Part> parts, BrokerOutage.Times outage, int history, boolean profiled) {

    /** What can be left out. */
    enum Part {
        LIMITS, HUB, CONFIRM, LATENCY, OUTAGE, TWO, HISTORY, UNBATCHED, OUTBOX, OUTBOX_PLAIN;

        /** As it is given on the command line. */
        static Part of(String text) {
            return valueOf(text.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    boolean searches() {
        return rate == 0;
    }
}
