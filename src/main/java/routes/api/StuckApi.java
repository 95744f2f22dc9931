package routes.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import ledger.Attempt;
import ledger.Audit;
import ledger.OrderQueries;
import ledger.Stuck;
import ledger.WorkQueues;
import ledger.order.Debt;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** Orders that have been owed something for too long, each with the cause and the request that makes its pull due. */
@Component
class StuckApi extends RouteBuilder {

    /** The longest list of orders for each debt. */
    private static final int OF_EACH = 100;
    /** Rows read of added arrows: a store filters them, and few of them are of one store. */
    private static final int OVER_ADDED_ARROWS = 1_000;
    /** The key in {@code hub.longest-stay} for what is owed over added arrows; the other keys are debts. */
    private static final String ACKNOWLEDGEMENT = "acknowledgement";

    private final WorkQueues queues;
    private final OrderQueries orders;
    private final Audit audit;
    private final Clock clock;
    private final Map<Debt, Duration> stays = new EnumMap<>(Debt.class);
    private final Duration unacknowledged;

    StuckApi(WorkQueues queues, OrderQueries orders, Audit audit, Clock clock, Environment environment) {
        this.queues = queues;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
        Map<String, Duration> all = new HashMap<>(Binder.get(environment)
                .bind("hub.longest-stay", Bindable.mapOf(String.class, Duration.class)).orElseGet(Map::of));
        this.unacknowledged = all.remove(ACKNOWLEDGEMENT);
        all.forEach((debt, stay) -> stays.put(Debt.valueOf(debt.toUpperCase(Locale.ROOT)), stay));
    }

    /**
     * @param awaits   the debt, or {@code ACKNOWLEDGEMENT} over an added arrow
     * @param arrow    the added arrow's id; null for a debt
     * @param attempts how often the pull has asked
     * @param nextAt   when the next pull asks
     */
    record StuckOrder(String orderId, String storeId, String awaits, String arrow, Instant since, String cause,
                      int attempts, Instant nextAt, Act act) {
    }

    /** @param does in words */
    record Act(String method, String path, String does) {
    }

    record StuckAnswer(List<StuckOrder> orders) {
    }

    record PullAnswer(String orderId, String status) {
    }

    @Override
    public void configure() {
        rest().get("stuck").to("direct:stuck").post("orders/{orderId}/pull").to("direct:pull-now");
        from("direct:stuck").routeId("stuck").process(this::stuck);
        from("direct:pull-now").routeId("pull-now").process(this::pullNow);
    }

    private void stuck(Exchange exchange) {
        String storeId = Request.idIfGiven(exchange, "store");
        Instant now = clock.instant();
        Stream<Stuck> added = unacknowledged == null ? Stream.empty()
                : queues.stuckOverAddedArrows(unacknowledged, storeId, OVER_ADDED_ARROWS).stream().limit(OF_EACH);
        Reply.json(exchange, 200, new StuckAnswer(Stream
                .concat(queues.stuck(stays, storeId, OF_EACH).stream(), added).map(stuck -> view(stuck, now)).toList()));
    }

    private void pullNow(Exchange exchange) {
        String id = Request.id(exchange, "orderId");
        if (!queues.makeDue(id)) {
            orders.find(id).orElseThrow(() -> Problem.noSuchOrder(id));
            throw new Problem(409, "nothing-owed", "Nothing is owed",
                    "order " + id + " is settled and owed nothing; see GET /api/orders/" + id);
        }
        audit.add(Request.actor(exchange), "pull", "orders/" + id, null);
        Reply.json(exchange, 202, new PullAnswer(id, "DUE"));
    }

    private static StuckOrder view(Stuck stuck, Instant now) {
        String id = stuck.order().id();
        return new StuckOrder(id, stuck.order().content().storeId(),
                stuck.debt() == null ? ACKNOWLEDGEMENT.toUpperCase(Locale.ROOT) : stuck.debt().name(), stuck.arrow(),
                stuck.since(), cause(stuck, now), stuck.attempt() == null ? 0 : stuck.attempt().number(), stuck.nextAt(),
                new Act("POST", "/api/orders/" + id + "/pull", "makes it due: the next tick asks"));
    }

    /** For people: {@code unaccepted for 12 min: barista of store 81 refused 3 times: closed}. */
    static String cause(Stuck stuck, Instant now) {
        long minutes = Duration.between(stuck.since(), now).toMinutes();
        String stay = minutes < 120 ? minutes + " min" : minutes / 60 + " h";
        return (stuck.debt() == null ? "not acknowledged over " + stuck.arrow() + " for " + stay + ": it"
                : state(stuck.debt()) + " for " + stay + ": " + who(stuck)) + " " + said(stuck.attempt());
    }

    private static String state(Debt debt) {
        return switch (debt) {
            case PAYMENT -> "unpaid";
            case TICKET -> "unaccepted";
            case MAKING -> "not made";
            case DECISION -> "cancel undecided";
            case NOTE -> "made and without a note";
            case DELIVERY -> "not delivered";
            case DROP -> "cancelled and not dropped";
        };
    }

    private static String who(Stuck stuck) {
        return switch (stuck.debt().side()) {
            case PAYMENT -> "payment";
            case BARISTA -> "barista of store " + stuck.order().content().storeId();
            case DISPATCH -> "dispatch";
        };
    }

    private static String said(Attempt attempt) {
        if (attempt == null) {
            return "was not asked yet";
        }
        String times = attempt.number() == 1 ? "once" : attempt.number() + " times";
        if (attempt.cause() == null) {
            return "is being asked, " + times + " so far";
        }
        String[] parts = attempt.cause().split(": ", 2);
        if (attempt.number() == 0) {
            return "was not asked yet: " + parts[parts.length - 1];
        }
        return switch (parts[0]) {
            case "refused" -> "refused " + times + ": " + parts[1];
            case "no answer" -> "did not answer " + times + ": " + parts[1];
            default -> "was asked " + times + ", last: " + attempt.cause();
        };
    }
}
