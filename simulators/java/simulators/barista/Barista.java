package simulators.barista;

import contract.BaristaApi;
import contract.CancelMaking;
import contract.CancelOutcome;
import contract.EventType;
import contract.Json;
import contract.Made;
import contract.MakingStarted;
import contract.OrderPaid;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import simulators.faults.Channel;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.wire.Desk;
import simulators.wire.Event;
import simulators.wire.Inbox;
import simulators.wire.Outbox;
import simulators.wire.Reply;
import simulators.wire.Threads;
import simulators.wire.Topic;
import simulators.wire.Unsent;

/** The barista's system (咖啡师系统) on real Kafka and HTTP. Runs from construction to {@link #close}. */
public final class Barista implements AutoCloseable {

    public static final Channel ORDERS_IN = Channel.eventsIn("orders-in");
    public static final Channel CANCELS_IN = Channel.eventsIn("cancels-in");

    private final Clock clock = Clock.systemUTC();
    private final Kitchen kitchen;
    private final Journal journal;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("barista");
    private final Outbox outbox;
    private final Inbox inbox;
    private final Desk desk;

    /** Reads its journal back and goes on where it ended. */
    public Barista(BaristaSettings settings) {
        kitchen = new Kitchen(settings.pace(), settings.place().seed());
        journal = Journal.open(settings.place().journal());
        faults = new Faults(settings.place().seed(),
                List.of(Channel.HTTP_IN, ORDERS_IN, CANCELS_IN, Channel.EVENTS_OUT), settings.place().faults(),
                entry -> journal.write(List.of(entry)), clock);
        Unsent unsent = new Unsent();
        journal.replay(entry -> {
            kitchen.restore(entry);
            unsent.see(entry, told(entry));
        });
        outbox = new Outbox(settings.brokers(), "barista", faults, journal, timer);
        unsent.events().forEach(outbox::send);
        kitchen.unfinished().forEach(this::schedule);
        desk = new Desk(settings.place(), faults, journal, timer)
                .post("/estimates", BaristaApi.EstimateRequest.class, this::estimate)
                .post("/tickets/estimates", BaristaApi.TicketsRequest.class, this::tickets);
        desk.start();
        inbox = new Inbox(settings.brokers(), "barista",
                Map.of(Topic.ORDER_TO_BARISTA, ORDERS_IN, Topic.CANCEL_MAKING, CANCELS_IN),
                faults, journal, this::read);
    }

    public int port() {
        return desk.port();
    }

    public URI url() {
        return desk.url();
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        inbox.close();
        desk.close();
        Threads.end(timer);
        outbox.close();
        journal.close();
    }

    private CompletableFuture<?> read(List<Event> batch) {
        List<Entry> entries = new ArrayList<>(batch.size());
        return decideAndWrite(() -> {
            Instant now = clock.instant();
            batch.forEach(event -> entries.add(decide(event, now)));
            return entries;
        });
    }

    private Entry decide(Event event, Instant now) {
        try {
            if (event.type().equals(EventType.ORDER_PAID.type())) {
                return kitchen.take(Json.read(event.body(), OrderPaid.class), event.id(), now);
            }
            if (event.type().equals(EventType.CANCEL_MAKING.type())) {
                return kitchen.cancel(Json.read(event.body(), CancelMaking.class), event.id(), now);
            }
            return malformed(event, now, "unknown type");
        } catch (Json.Malformed e) {
            return malformed(event, now, e.getMessage());
        }
    }

    private static Entry malformed(Event event, Instant now, String why) {
        return Entry.of(now, What.REFUSED_AS_MALFORMED, event.orderId()).withKey(event.id())
                .withDetail(Map.of("topic", event.topic(), "why", why));
    }

    /** Decisions are written in the order in which they were made, and acted on when they are on disk. */
    private CompletableFuture<Void> decideAndWrite(Supplier<List<Entry>> decision) {
        List<Entry> entries;
        CompletableFuture<Void> durable;
        synchronized (kitchen) {
            entries = decision.get();
            durable = journal.write(entries);
        }
        return durable.thenRun(() -> entries.forEach(this::act));
    }

    private void act(Entry entry) {
        if (entry.what() == What.TICKET_CREATED || entry.what() == What.MAKING_STARTED) {
            kitchen.next(entry.id()).ifPresent(this::schedule);
        }
        told(entry).ifPresent(outbox::send);
    }

    /** What the barista tells the hub when this has been decided. */
    private static Optional<Event> told(Entry entry) {
        return Optional.ofNullable(switch (entry.what()) {
            case MAKING_STARTED -> Event.of(Topic.MAKING_STARTED, entry.id() + "-started", EventType.MAKING_STARTED,
                    entry.orderId(), new MakingStarted(entry.orderId(), entry.id(),
                            MakingStarted.Acceptance.valueOf(entry.get("acceptance")), entry.at()), entry.at());
            case MADE -> Event.of(Topic.MADE, entry.id() + "-made", EventType.MADE, entry.orderId(),
                    new Made(entry.orderId(), entry.id(), entry.at()), entry.at());
            case CANCEL_AGREED, CANCEL_REFUSED, CANCEL_REPEATED -> {
                Instant decidedAt = Instant.parse(entry.get("decidedAt"));
                yield Event.of(Topic.CANCEL_OUTCOME, entry.orderId() + "-cancel-outcome", EventType.CANCEL_OUTCOME,
                        entry.orderId(), new CancelOutcome(entry.orderId(),
                                CancelOutcome.Decision.valueOf(entry.get("decision")), entry.get("reason"),
                                decidedAt), decidedAt);
            }
            default -> null;
        });
    }

    private void schedule(Kitchen.Due due) {
        try {
            timer.schedule(() -> proceed(due.ticketId()),
                    Math.max(0, Duration.between(clock.instant(), due.at()).toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closing; the journal knows what is unfinished.
        }
    }

    private void proceed(String ticketId) {
        decideAndWrite(() -> kitchen.accept(ticketId, clock.instant())
                .or(() -> kitchen.finish(ticketId, clock.instant())).map(List::of).orElse(List.of()));
    }

    private Reply estimate(BaristaApi.EstimateRequest request) {
        BaristaApi.Estimate estimate = kitchen.estimate(request, clock.instant());
        journal.write(List.of(Entry.of(estimate.asOf(), What.ESTIMATE_GIVEN, request.orderId())
                .withDetail(Map.of("readyAt", estimate.readyAt().toString()))));
        return Reply.ok(estimate);
    }

    private Reply tickets(BaristaApi.TicketsRequest request) {
        Instant now = clock.instant();
        List<BaristaApi.Ticket> tickets = request.orders().stream()
                .flatMap(order -> kitchen.ticket(order.orderId(), now).stream()).toList();
        journal.write(tickets.stream().map(ticket -> Entry.of(now, What.ESTIMATE_GIVEN, ticket.orderId())
                .withId(ticket.ticketId()).withDetail(Map.of("readyAt", ticket.readyAt().toString()))).toList());
        return Reply.ok(new BaristaApi.TicketsAnswer(tickets));
    }
}
