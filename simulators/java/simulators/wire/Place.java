package simulators.wire;

import java.nio.file.Path;
import java.util.List;
import simulators.faults.Rule;
import simulators.journal.Journal;

/**
 * Settings of every simulator.
 *
 * @param host    address that its HTTP server listens on
 * @param port    of its HTTP server; 0 takes a free one
 * @param journal file of its journal; null keeps none
 * @param seed    of all its random choices
 * @param faults  rules from the start
 */
public record Place(String host, int port, Path journal, long seed, List<Rule> faults) {

    public Place {
        faults = List.copyOf(faults);
    }

    /** On the loopback address at a free port, without faults. */
    public static Place of(Path journal, long seed) {
        return new Place("127.0.0.1", 0, journal, seed, List.of());
    }

    public Journal openJournal() {
        return journal == null ? Journal.unkept() : Journal.open(journal);
    }

    public Place withPort(int newPort) {
        return new Place(host, newPort, journal, seed, faults);
    }

    public Place withFaults(List<Rule> newFaults) {
        return new Place(host, port, journal, seed, newFaults);
    }
}
