package chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import simulators.faults.Rule;

/**
 * The settings of a run.
 *
 * @param directory  for all files of the run
 * @param hubClasses the directory of the hub's classes and resources: as built, or of a mutant
 * @param faults     how long orders flow and faults strike
 * @param seed       of all random choices
 * @param rate       orders a second
 * @param neighbours fault rules while orders flow, by neighbour
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

    /** Whether the run is so short that the start-up time of processes matters. */
    boolean isShort() {
        return faults.compareTo(SHORT) <= 0;
    }

    Path journal(String owner) {
        return directory.resolve("journals").resolve(owner + ".jsonl");
    }
}
