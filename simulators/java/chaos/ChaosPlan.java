package chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import simulators.faults.Rule;

/**
 * What is to be run.
 *
 * @param directory  everything that the run writes is below it
 * @param hubClasses the hub's own classes and resources: as built, or a mutant's
 * @param faults     how long the load and the faults last
 * @param rate       orders a second
 * @param neighbours the faults of the neighbours, by name, while orders flow
 * @param nemeses    in the order in which they strike
 */
record ChaosPlan(Path directory, Path hubClasses, Duration faults, long seed, double rate,
            Map<String, List<Rule>> neighbours, List<Nemesis> nemeses) {

    private static final Duration SHORT = Duration.ofMinutes(2);

    ChaosPlan {
        nemeses = List.copyOf(nemeses);
    }

    ChaosPlan with(List<Nemesis> others) {
        return new ChaosPlan(directory, hubClasses, faults, seed, rate, neighbours, others);
    }

    /** A run in which the start-up of a process counts. */
    boolean isShort() {
        return faults.compareTo(SHORT) <= 0;
    }

    Path journal(String of) {
        return directory.resolve("journals").resolve(of + ".jsonl");
    }
}
