package bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of a run.
 *
 * @param directory for all files of the run
 * @param hubJar    the production jar
 * @param everyJava options of every JVM, before {@code hubJava}
 * @param hubJava   options of the JVMs of hub and controls
 * @param warmUp    orders a second, one rate after the other, before anything is measured
 * @param mix       what orders are like
 * @param rate      orders a second; 0 searches for the highest that holds
 * @param ramp      how long orders come before a measurement begins; longer than an order takes to settle
 * @param search    how long each rate is measured during the search
 * @param measured  how long the rate that was found or given is measured
 * @param repeats   how often it is measured
 * @param mostSteps bound on the steps of a search
 * @param limits    how long each limit of the machine is measured
 * @param parts     what is measured
 * @param outage    times of the broker's outage
 * @param history   number of settled orders, live and in history, of part history
 * @param profiled  whether the JVMs record what they do
 */
record BenchPlan(Path directory, Path hubJar, List<String> everyJava, List<String> hubJava, List<Double> warmUp,
            OrderMix mix, double rate, Duration ramp, Duration search, Duration measured, int repeats,
            int mostSteps, Duration limits, Set<Part> parts, BrokerOutage.Times outage, int history, boolean profiled) {

    /** Parts of a run, each of which can be left out. */
    enum Part {
        LIMITS, HUB, CONFIRM, LATENCY, OUTAGE, TWO, HISTORY, UNBATCHED, OUTBOX, OUTBOX_PLAIN;

        /** The part of this name on the command line. @throws IllegalArgumentException when there is none */
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
