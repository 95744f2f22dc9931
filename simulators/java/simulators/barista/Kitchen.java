package simulators.barista;

import contract.BaristaApi;
import contract.CancelMaking;
import contract.CancelOutcome.Decision;
import contract.Item;
import contract.Made;
import contract.MakingStarted;
import contract.MakingStarted.Acceptance;
import contract.OrderPaid;
import contract.Refusal;
import contract.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import simulators.chance.Chance;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Ids;
import simulators.wire.Via;

/**
 * The decisions and the state of the barista, without Kafka, HTTP or a clock. Each decision is a journal entry, and only
 * entries change the state, so that the journal restores it.
 */
public final class Kitchen {

    private static final String CANCELLED_BEFORE = "cancelled before";

    private final KitchenPace pace;
    private final Chance chance;
    private final Map<String, Ticket> byKey = new HashMap<>();
    private final Map<String, Ticket> byId = new HashMap<>();
    private final Map<String, Ticket> lastOfOrder = new HashMap<>();
    private final Map<String, Entry> cancels = new HashMap<>();
    private final Map<String, Store> stores = new HashMap<>();

    /** A store has one barista, who makes accepted orders one after the other. */
    private static final class Store {
        private Instant freeAt = Instant.EPOCH;
        private int cupsWaiting;
    }

    /** The next step of a ticket, acceptance or completion, and when it is due. */
    public record Due(String ticketId, Instant at) {
    }

    public Kitchen(KitchenPace pace, long seed) {
        this.pace = pace;
        this.chance = new Chance(seed);
    }

    /** A paid order has arrived: makes its ticket (生成制作单), or repeats or refuses it. Returns the decision. */
    public synchronized Entry take(OrderPaid order, String key, Via way, Instant now) {
        Ticket known = byKey.get(key);
        if (known != null) {
            return new Entry(now, What.TICKET_REPEATED, order.orderId(), key, known.id, Map.of());
        }
        Entry cancel = cancels.get(order.orderId());
        if (cancel != null && cancel.what() == What.CANCEL_AGREED) {
            return Entry.of(now, What.TICKET_REFUSED, order.orderId()).withKey(key)
                    .withDetail(Map.of("reason", CANCELLED_BEFORE));
        }
        int cups = order.items().stream().mapToInt(Item::quantity).sum();
        int number = 1;
        for (Ticket other = lastOfOrder.get(order.orderId()); other != null; other = other.before) {
            number++;
        }
        return restored(new Entry(now, What.TICKET_CREATED, order.orderId(), key,
                Ids.numbered("T", number, order.orderId()),
                Map.of("storeId", order.storeId(), "kind", order.kind().name(), "cups", "" + cups,
                        "way", way.word())));
    }

    /** Whether there is a ticket for this idempotency key, cancelled ones included. */
    public synchronized boolean knows(String key) {
        return byKey.containsKey(key);
    }

    /** 取消订单制作: decides on a cancel; a further request gets the first decision again. */
    public synchronized Entry cancel(CancelMaking cancel, String key, Via way, Instant now) {
        Entry decided = cancels.get(cancel.orderId());
        if (decided != null) {
            return decision(What.CANCEL_REPEATED, cancel.orderId(), key, decided.id(), way, now,
                    decided.get("decision"), decided.get("reason"), decided.get("decidedAt"));
        }
        Ticket ticket = lastOfOrder.get(cancel.orderId());
        boolean accepted = false;
        for (Ticket any = ticket; any != null; any = any.before) {
            accepted |= any.state == Ticket.State.MAKING || any.state == Ticket.State.MADE;
        }
        String id = ticket == null ? null : ticket.id;
        return restored(accepted
                ? decision(What.CANCEL_REFUSED, cancel.orderId(), key, id, way, now, Decision.REFUSED.name(),
                        "already accepted", now.toString())
                : decision(What.CANCEL_AGREED, cancel.orderId(), key, id, way, now, Decision.CANCELLED.name(),
                        ticket == null ? "no ticket yet; none will be made" : "not accepted yet", now.toString()));
    }

    /** The store accepts the order (手动接单/自动接单); empty when the ticket is cancelled or accepted already. */
    public synchronized Optional<Entry> accept(String ticketId, Instant now) {
        Ticket ticket = byId.get(ticketId);
        if (ticket == null || ticket.state != Ticket.State.WAITING) {
            return Optional.empty();
        }
        Store store = stores.get(ticket.storeId);
        Instant readyAt = later(now, store.freeAt).plus(making(ticket.cups));
        return Optional.of(restored(Entry.of(now, What.MAKING_STARTED, ticket.orderId).withId(ticketId)
                .withDetail(Map.of("acceptance", acceptance(ticket.storeId).name(), "readyAt", readyAt.toString()))));
    }

    /** 制作完成; empty when it isn't being made. */
    public synchronized Optional<Entry> finish(String ticketId, Instant now) {
        Ticket ticket = byId.get(ticketId);
        if (ticket == null || ticket.state != Ticket.State.MAKING) {
            return Optional.empty();
        }
        return Optional.of(restored(Entry.of(now, What.MADE, ticket.orderId).withId(ticketId)));
    }

    /** Changes the state by an entry of the journal; entries that change nothing are ignored. */
    public synchronized void restore(Entry entry) {
        switch (entry.what()) {
            case TICKET_CREATED -> create(entry);
            case MAKING_STARTED -> {
                Ticket ticket = byId.get(entry.id());
                Store store = stores.get(ticket.storeId);
                store.cupsWaiting -= ticket.cups;
                store.freeAt = Times.read(entry.get("readyAt"));
                ticket.readyAt = store.freeAt;
                ticket.startedAt = entry.at();
                ticket.acceptance = Acceptance.valueOf(entry.get("acceptance"));
                ticket.state = Ticket.State.MAKING;
            }
            case MADE -> {
                Ticket ticket = byId.get(entry.id());
                ticket.state = Ticket.State.MADE;
                ticket.readyAt = entry.at();
            }
            case CANCEL_AGREED, CANCEL_REFUSED -> {
                cancels.put(entry.orderId(), entry);
                if (entry.what() == What.CANCEL_AGREED) {
                    for (Ticket cancelled = lastOfOrder.get(entry.orderId()); cancelled != null;
                            cancelled = cancelled.before) {
                        stores.get(cancelled.storeId).cupsWaiting -= cancelled.cups;
                        cancelled.state = Ticket.State.CANCELLED;
                    }
                }
            }
            default -> {
            }
        }
    }

    /** The next step of this ticket; empty when there is none. */
    public synchronized Optional<Due> next(String ticketId) {
        return due(byId.get(ticketId));
    }

    /** The next steps of all tickets that are not finished. */
    public synchronized List<Due> unfinished() {
        List<Due> due = new ArrayList<>();
        byId.values().forEach(ticket -> due(ticket).ifPresent(due::add));
        return due;
    }

    /** 预计制作完成时间: when an order that hasn't arrived yet would be ready. */
    public synchronized BaristaApi.Estimate estimate(BaristaApi.EstimateRequest request, Instant now) {
        int cups = request.items().stream().mapToInt(Item::quantity).sum();
        Store store = stores.getOrDefault(request.storeId(), new Store());
        Duration acceptance = acceptance(request.storeId()) == Acceptance.MANUAL ? pace.manualMost() : pace.automatic();
        return new BaristaApi.Estimate(
                later(now.plus(acceptance), store.freeAt).plus(making(store.cupsWaiting + cups)), now);
    }

    /** The order's latest ticket; empty when there is none, or it is cancelled. */
    public synchronized Optional<BaristaApi.Ticket> ticket(String orderId, Instant now) {
        return living(lastOfOrder.get(orderId)).map(ticket -> told(ticket, now));
    }

    /**
     * The answer to orders that a pull handed over.
     *
     * @param entries the decisions of {@link #take}
     * @param notNow  orders that were refused for the moment, without a decision
     */
    public synchronized BaristaApi.OrdersAnswer decided(List<Entry> entries, List<Refusal> notNow, Instant now) {
        List<BaristaApi.Ticket> made = new ArrayList<>();
        List<BaristaApi.Ticket> known = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (Entry entry : entries) {
            living(byId.get(entry.id())).ifPresentOrElse(
                    ticket -> (entry.what() == What.TICKET_CREATED ? made : known).add(told(ticket, now)),
                    () -> refused.add(new Refusal(entry.orderId(), CANCELLED_BEFORE)));
        }
        return new BaristaApi.OrdersAnswer(made, known, notNow, refused);
    }

    /** The states of the store's orders. Orders without a ticket, or with a cancelled one, are absent. */
    public synchronized BaristaApi.TicketStatesAnswer states(BaristaApi.TicketStatesRequest request, Instant now) {
        List<BaristaApi.Ticket> waiting = new ArrayList<>();
        List<MakingStarted> started = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        request.orderIds().stream().flatMap(orderId -> living(lastOfOrder.get(orderId)).stream())
                .filter(ticket -> ticket.storeId.equals(request.storeId())).forEach(ticket -> {
                    switch (ticket.state) {
                        case WAITING -> waiting.add(told(ticket, now));
                        case MAKING -> started.add(new MakingStarted(ticket.orderId, ticket.id, ticket.acceptance,
                                ticket.startedAt));
                        default -> made.add(new Made(ticket.orderId, ticket.id, ticket.readyAt));
                    }
                });
        return new BaristaApi.TicketStatesAnswer(waiting, started, made);
    }

    private BaristaApi.Ticket told(Ticket ticket, Instant now) {
        Instant readyAt = ticket.readyAt != null ? ticket.readyAt
                : later(later(now, ticket.acceptAt), stores.get(ticket.storeId).freeAt).plus(making(ticket.cups));
        return new BaristaApi.Ticket(ticket.orderId, ticket.id, readyAt, now);
    }

    private static Optional<Ticket> living(Ticket ticket) {
        return Optional.ofNullable(ticket).filter(any -> any.state != Ticket.State.CANCELLED);
    }

    private Entry restored(Entry entry) {
        restore(entry);
        return entry;
    }

    private void create(Entry entry) {
        String storeId = entry.get("storeId");
        Duration wait = acceptance(storeId) == Acceptance.AUTOMATIC ? pace.automatic()
                : chance.between(pace.manualLeast(), pace.manualMost(), "acceptance of " + entry.id());
        Ticket ticket = new Ticket(entry.id(), entry.orderId(), storeId, Integer.parseInt(entry.get("cups")),
                entry.at().plus(wait), lastOfOrder.get(entry.orderId()));
        byKey.put(entry.key(), ticket);
        byId.put(ticket.id, ticket);
        lastOfOrder.put(ticket.orderId, ticket);
        stores.computeIfAbsent(storeId, id -> new Store()).cupsWaiting += ticket.cups;
    }

    private static Entry decision(What what, String orderId, String key, String ticketId, Via way, Instant at,
                                  String decision, String reason, String decidedAt) {
        return new Entry(at, what, orderId, key, ticketId,
                Map.of("decision", decision, "reason", reason, "decidedAt", decidedAt, "way", way.word()));
    }

    private static Optional<Due> due(Ticket ticket) {
        return switch (ticket.state) {
            case WAITING -> Optional.of(new Due(ticket.id, ticket.acceptAt));
            case MAKING -> Optional.of(new Due(ticket.id, ticket.readyAt));
            case MADE, CANCELLED -> Optional.empty();
        };
    }

    private Acceptance acceptance(String storeId) {
        return chance.hits(pace.manualShare(), "manual " + storeId) ? Acceptance.MANUAL : Acceptance.AUTOMATIC;
    }

    private Duration making(int cups) {
        return pace.cup().multipliedBy(cups);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
