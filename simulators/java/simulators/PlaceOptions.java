package simulators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import simulators.faults.Rule;
import simulators.wire.Place;

/** Command-line options of every simulator. */
final class PlaceOptions {

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on; 0 takes a free one.")
    private int port;

    @Option(names = "--journal", required = true, paramLabel = "DIR",
            description = "Folder of the journals; each simulator has its own file there.")
    private Path folder;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all random choices (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--fault", paramLabel = "NAME=RATE[@CHANNEL][:LENGTH]",
            description = "For example lose=0.5@events-out or delay=0.2:3s; may be given several times.")
    private List<Rule> faults = new ArrayList<>();

    Place place(String simulator) {
        return new Place(host, port, folder.resolve(simulator + ".jsonl"), seed, faults);
    }
}
