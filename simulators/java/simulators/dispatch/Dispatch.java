package simulators.dispatch;

import contract.DispatchApi;
import contract.EventType;
import contract.Json;
import contract.OrderChanged;
import contract.Times;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import simulators.faults.Channel;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.wire.Decisions;
import simulators.wire.EventSender;
import simulators.wire.Response;
import simulators.wire.SimulatorServer;
import simulators.wire.Threads;
import simulators.wire.Topic;
import simulators.wire.TopicEvent;
import simulators.wire.TopicReader;
import simulators.wire.UnsentEvents;
import simulators.wire.Via;

/** The dispatch system (配送系统) on real Kafka and HTTP. Runs from construction to {@link #close}. */
public final class Dispatch implements AutoCloseable {

    public static final Channel CHANGES_IN = Channel.eventsIn("changes-in");

    private final Clock clock = Clock.systemUTC();
    private final DispatchOffice office;
    private final Journal journal;
    private final Decisions decisions;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("dispatch");
    private final EventSender sender;
    private final TopicReader reader;
    private final SimulatorServer server;

    /**
     * Restores its state from its journal, sends the events that were not sent, and starts.
     *
     * @throws JournalBroken when the journal can't be read
     */
    public Dispatch(DispatchSettings settings) {
        office = new DispatchOffice(settings.pace(), settings.place().seed());
        journal = settings.place().openJournal();
        decisions = new Decisions(office, journal, this::act);
        faults = new Faults(settings.place().seed(), List.of(Channel.HTTP_IN, CHANGES_IN, Channel.EVENTS_OUT),
                settings.place().faults(), entry -> journal.write(List.of(entry)), clock);
        UnsentEvents unsent = new UnsentEvents();
        journal.replay(entry -> {
            office.restore(entry);
            unsent.see(entry, DeliveryEvents.told(entry));
        });
        sender = new EventSender(settings.brokers(), "dispatch", faults, journal, timer);
        unsent.events().forEach(sender::send);
        office.unfinished().forEach(this::schedule);
        server = new SimulatorServer(settings.place(), faults, journal, timer)
                .post("/estimates", DispatchApi.EstimateRequest.class, this::estimate)
                .post("/dispatch-times", DispatchApi.DispatchTimesRequest.class, this::times)
                .post("/cancellations", DispatchApi.CancellationsRequest.class, this::cancel)
                .post("/notes", DispatchApi.NotesRequest.class, this::notes)
                .post("/deliveries/states", DispatchApi.DeliveryStatesRequest.class,
                        request -> decisions.answer(() -> office.states(request.orderIds())));
        server.start();
        reader = new TopicReader(settings.brokers(), "dispatch", Map.of(Topic.ORDER_CHANGED, CHANGES_IN), faults, journal,
                this::read);
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
        reader.close();
        server.close();
        Threads.end(timer);
        sender.close();
        journal.close();
    }

    private CompletableFuture<?> read(List<TopicEvent> batch) {
        return decisions.decide(() -> {
            List<Entry> entries = new ArrayList<>(batch.size());
            batch.forEach(event -> entries.addAll(decide(event, clock.instant())));
            return entries;
        });
    }

    private List<Entry> decide(TopicEvent event, Instant now) {
        try {
            if (event.type().equals(EventType.ORDER_CHANGED.type())) {
                return office.hear(Json.read(event.body(), OrderChanged.class), event.id(), now);
            }
            return List.of(Decisions.malformed(event, now, "unknown type"));
        } catch (Json.Malformed e) {
            return List.of(Decisions.malformed(event, now, e.getMessage()));
        }
    }

    private void act(Entry entry) {
        if (entry.what() == What.EXPRESS_CHANGED) {
            office.next(entry.id()).ifPresent(this::schedule);
        }
        DeliveryEvents.told(entry).ifPresent(sender::send);
    }

    private void schedule(DispatchOffice.Due due) {
        Threads.at(timer, due.at(), clock, () -> decisions.decide(
                () -> office.advance(due.noteId(), clock.instant()).map(List::of).orElse(List.of())));
    }

    private Response estimate(DispatchApi.EstimateRequest request) {
        DispatchApi.Estimate estimate = office.estimate(clock.instant());
        journal.write(List.of(Entry.of(estimate.asOf(), What.ESTIMATE_GIVEN, request.orderId())
                .withDetail(Map.of("deliveredAt", estimate.deliveredAt().toString()))));
        return Response.ok(estimate);
    }

    private Response times(DispatchApi.DispatchTimesRequest request) {
        Instant now = clock.instant();
        List<Entry> entries = new ArrayList<>();
        decisions.decide(() -> {
            request.orders().forEach(order -> entries.add(office.tell(order, now)));
            return entries;
        }).join();
        return Response.ok(new DispatchApi.DispatchTimesAnswer(entries.stream().map(entry -> new DispatchApi.DispatchTime(
                entry.orderId(), Times.read(entry.get("deliveredAt")), now)).toList()));
    }

    private Response cancel(DispatchApi.CancellationsRequest request) {
        decisions.decide(() -> request.orders().stream().map(one -> office.cancel(one, clock.instant())).toList()).join();
        return Response.ok(new DispatchApi.CancellationsAnswer(request.orders().stream()
                .map(DispatchApi.Cancellation::orderId).filter(office::cancelled).toList()));
    }

    private Response notes(DispatchApi.NotesRequest request) {
        Instant now = clock.instant();
        return decisions.answer(() -> {
            List<Entry> decided = new ArrayList<>();
            decisions.decide(() -> {
                List<Entry> entries = new ArrayList<>();
                for (DispatchApi.MadeOrder order : request.orders()) {
                    List<Entry> note = office.note(order.orderId(), order.idempotencyKey(), Via.PULL, now);
                    decided.add(note.get(0));
                    entries.addAll(note);
                }
                return entries;
            });
            return office.answer(decided);
        });
    }
}
