package simulators.barista;

import contract.BaristaApi;
import contract.CancelMaking;
import contract.EventType;
import contract.Json;
import contract.OrderPaid;
import contract.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import simulators.faults.Channel;
import simulators.faults.Fault;
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

/** The barista's system (咖啡师系统) on real Kafka and HTTP. Runs from construction to {@link #close}. */
public final class Barista implements AutoCloseable {

    public static final Channel ORDERS_IN = Channel.eventsIn("orders-in");
    public static final Channel CANCELS_IN = Channel.eventsIn("cancels-in");
    /** The single orders of a {@code POST /orders}. */
    public static final Channel ORDERS_PULLED = new Channel("orders-pulled", Set.of(Fault.CLOSED));
    /** The calls about one store: a store that is down answers 500 to all of them, while the other stores work. */
    public static final Channel STORES = new Channel("stores", Set.of(Fault.DOWN));

    private final Clock clock = Clock.systemUTC();
    private final Kitchen kitchen;
    private final Journal journal;
    private final Decisions decisions;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("barista");
    private final EventSender sender;
    private final TopicReader reader;
    private final SimulatorServer server;

    /**
     * Restores its state from its journal, sends the events that were not sent, and starts.
     *
     * @throws JournalBroken when the journal can't be read
     */
    public Barista(BaristaSettings settings) {
        kitchen = new Kitchen(settings.pace(), settings.place().seed());
        journal = settings.place().openJournal();
        decisions = new Decisions(kitchen, journal, this::act);
        faults = new Faults(settings.place().seed(),
                List.of(Channel.HTTP_IN, ORDERS_IN, CANCELS_IN, ORDERS_PULLED, STORES, Channel.EVENTS_OUT),
                settings.place().faults(),
                entry -> journal.write(List.of(entry)), clock);
        UnsentEvents unsent = new UnsentEvents();
        journal.replay(entry -> {
            kitchen.restore(entry);
            unsent.see(entry, BaristaEvents.event(entry));
        });
        sender = new EventSender(settings.brokers(), "barista", faults, journal, timer);
        unsent.events().forEach(sender::send);
        kitchen.unfinished().forEach(this::schedule);
        server = new SimulatorServer(settings.place(), faults, journal, timer)
                .post("/estimates", BaristaApi.EstimateRequest.class, this::estimate)
                .post("/tickets/estimates", BaristaApi.TicketsRequest.class, this::tickets)
                .post("/orders", BaristaApi.OrdersRequest.class, request -> ofStore(request.storeId(), () -> orders(request)))
                .post("/tickets/states", BaristaApi.TicketStatesRequest.class,
                        request -> ofStore(request.storeId(), () -> states(request)))
                .post("/cancellations", BaristaApi.CancellationsRequest.class,
                        request -> ofStore(request.storeId(), () -> cancels(request)));
        server.start();
        reader = new TopicReader(settings.brokers(), "barista",
                Map.of(Topic.ORDER_TO_BARISTA, ORDERS_IN, Topic.CANCEL_MAKING, CANCELS_IN),
                faults, journal, this::read);
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
        List<Entry> entries = new ArrayList<>(batch.size());
        return decisions.decide(() -> {
            Instant now = clock.instant();
            batch.forEach(event -> entries.add(decide(event, now)));
            return entries;
        });
    }

    private Entry decide(TopicEvent event, Instant now) {
        try {
            if (event.type().equals(EventType.ORDER_PAID.type())) {
                return kitchen.take(Json.read(event.body(), OrderPaid.class), event.id(), Via.PUSH, now);
            }
            if (event.type().equals(EventType.CANCEL_MAKING.type())) {
                return kitchen.cancel(Json.read(event.body(), CancelMaking.class), event.id(), Via.PUSH, now);
            }
            return Decisions.malformed(event, now, "unknown type");
        } catch (Json.Malformed e) {
            return Decisions.malformed(event, now, e.getMessage());
        }
    }

    private void act(Entry entry) {
        if (entry.what() == What.TICKET_CREATED || entry.what() == What.MAKING_STARTED) {
            kitchen.next(entry.id()).ifPresent(this::schedule);
        }
        BaristaEvents.event(entry).ifPresent(sender::send);
    }

    private void schedule(Kitchen.Due due) {
        Threads.at(timer, due.at(), clock, () -> proceed(due.ticketId()));
    }

    private void proceed(String ticketId) {
        decisions.decide(() -> kitchen.accept(ticketId, clock.instant())
                .or(() -> kitchen.finish(ticketId, clock.instant())).map(List::of).orElse(List.of()));
    }

    private Response estimate(BaristaApi.EstimateRequest request) {
        BaristaApi.Estimate estimate = kitchen.estimate(request, clock.instant());
        journal.write(List.of(Entry.of(estimate.asOf(), What.ESTIMATE_GIVEN, request.orderId())
                .withDetail(Map.of("readyAt", estimate.readyAt().toString()))));
        return Response.ok(estimate);
    }

    private Response tickets(BaristaApi.TicketsRequest request) {
        Instant now = clock.instant();
        List<BaristaApi.Ticket> tickets = request.orders().stream()
                .flatMap(order -> kitchen.ticket(order.orderId(), now).stream()).toList();
        journal.write(tickets.stream().map(ticket -> Entry.of(now, What.ESTIMATE_GIVEN, ticket.orderId())
                .withId(ticket.ticketId()).withDetail(Map.of("readyAt", ticket.readyAt().toString()))).toList());
        return Response.ok(new BaristaApi.TicketsAnswer(tickets));
    }

    private Response ofStore(String storeId, Supplier<Response> call) {
        if (faults.down(STORES, storeId)) {
            faults.record(Fault.DOWN, STORES, storeId, null);
            return Response.problem(500, "store " + storeId + " is down on purpose");
        }
        return call.get();
    }

    private Response orders(BaristaApi.OrdersRequest request) {
        Instant now = clock.instant();
        List<Entry> entries = new ArrayList<>();
        List<Refusal> notNow = new ArrayList<>();
        return decisions.answer(() -> {
            for (BaristaApi.PaidOrder order : request.orders()) {
                if (!kitchen.knows(order.idempotencyKey()) && isClosed(order)) {
                    notNow.add(new Refusal(order.orderId(), Fault.CLOSED.word()));
                } else {
                    entries.add(kitchen.take(new OrderPaid(order.orderId(), request.storeId(), order.kind(),
                            order.items(), order.paidAt()), order.idempotencyKey(), Via.PULL, now));
                }
            }
            decisions.decide(() -> entries);
            return kitchen.decided(entries, notNow, now);
        });
    }

    private boolean isClosed(BaristaApi.PaidOrder order) {
        return faults.strike(ORDERS_PULLED, order.idempotencyKey(), order.orderId()).isPresent();
    }

    private Response states(BaristaApi.TicketStatesRequest request) {
        return decisions.answer(() -> kitchen.states(request, clock.instant()));
    }

    private Response cancels(BaristaApi.CancellationsRequest request) {
        Instant now = clock.instant();
        return decisions.answer(() -> {
            List<Entry> entries = request.orders().stream().map(cancel -> kitchen.cancel(new CancelMaking(
                    cancel.orderId(), request.storeId(), cancel.reason(), cancel.requestedAt()),
                    cancel.idempotencyKey(), Via.PULL, now)).toList();
            decisions.decide(() -> entries);
            return new BaristaApi.CancellationsAnswer(entries.stream().map(BaristaEvents::outcome).toList());
        });
    }
}
