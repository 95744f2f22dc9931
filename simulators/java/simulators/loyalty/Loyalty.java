package simulators.loyalty;

import contract.SettledApi;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import simulators.faults.Channel;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.wire.Decisions;
import simulators.wire.Place;
import simulators.wire.Response;
import simulators.wire.SimulatorServer;
import simulators.wire.Threads;

/** The loyalty programme (会员) on real HTTP. Runs from construction to {@link #close}. */
public final class Loyalty implements AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final Points points = new Points();
    private final Journal journal;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("loyalty");
    private final SimulatorServer server;

    /**
     * Restores its state from its journal and starts.
     *
     * @throws JournalBroken when the journal can't be read
     */
    public Loyalty(Place place) {
        journal = place.openJournal();
        faults = new Faults(place.seed(), List.of(Channel.HTTP_IN), place.faults(),
                entry -> journal.write(List.of(entry)), clock);
        journal.replay(points::restore);
        server = new SimulatorServer(place, faults, journal, timer)
                .post("/points", SettledApi.SettledRequest.class, this::give);
        server.start();
    }

    public URI url() {
        return server.url();
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.close();
        Threads.end(timer);
        journal.close();
    }

    private Response give(SettledApi.SettledRequest request) {
        return new Decisions(points, journal, entry -> { }).answer(() -> {
            List<Entry> entries = request.orders().stream().map(order -> points.give(order, clock.instant())).toList();
            journal.write(entries);
            return new SettledApi.Acknowledgement(entries.stream().map(Entry::orderId).toList());
        });
    }
}
