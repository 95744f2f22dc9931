package routes.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ledger.Actor;
import ledger.ParkedFilter;
import ledger.ParkedMessage;
import ledger.ParkedMessages;
import ledger.ParkedState;
import ledger.ReplayResult;
import ledger.Result;
import ledger.Way;
import ledger.order.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.commit.EventApplier;
import routes.figures.ArrowFigures;
import routes.http.Page;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** Parked messages, which could not be processed: an operator lists, replays and dismisses them. */
@Component
class ParkedApi extends RouteBuilder {

    private final ParkedMessages messages;
    private final EventApplier applier;
    private final ArrowFigures figures;

    ParkedApi(ParkedMessages messages, EventApplier applier, ArrowFigures figures) {
        this.messages = messages;
        this.applier = applier;
        this.figures = figures;
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record Listed(List<ParkedView> messages, Long next) {
    }

    /**
     * @param state   its state now; UNKNOWN when there is no such message
     * @param done    whether this request changed the state; false when an earlier one had
     * @param outcome of the last replay; null when nothing could be applied
     * @param detail  why it stays parked, or was dismissed; may be null
     */
    record Answer(long id, String state, boolean done, Outcome outcome, String detail, Instant at, String by) {
    }

    /** @param next to be given as {@code after}, with the same filter, to go on; null when no more wait */
    record Answers(List<Answer> messages, Long next) {
    }

    @Override
    public void configure() {
        rest()
                .get("parked").to("direct:parked")
                .post("parked/replay").to("direct:parked-replay")
                .post("parked/dismiss").to("direct:parked-dismiss");

        from("direct:parked").routeId("parked").process(this::list);
        from("direct:parked-replay").routeId("parked-replay").process(this::replay);
        from("direct:parked-dismiss").routeId("parked-dismiss").process(this::dismiss);
    }

    private void list(Exchange exchange) {
        Page<ParkedMessage> page = Page.of(Page.limit(exchange), rows ->
                list(filter(exchange), Page.after(exchange), false, rows));
        Reply.json(exchange, 200, new Listed(page.rows().stream().map(ParkedView::of).toList(),
                page.next(ParkedMessage::id)));
    }

    private void replay(Exchange exchange) {
        Rereading reader = new Rereading(exchange.getContext());
        act(exchange, false, (request, id) -> {
            Actor actor = Request.actor(exchange);
            ReplayResult became;
            try {
                became = messages.replay(id, reader, actor, request.reason());
            } catch (RuntimeException e) {
                if (!EventApplier.isTheMessagesFault(e)) {
                    throw e;
                }
                log.error("parked={} can't be applied", id, e);
                became = messages.stays(id, EventApplier.cantBeApplied(e), actor, request.reason());
            }
            count(became);
            return became;
        });
    }

    private void dismiss(Exchange exchange) {
        act(exchange, true, (request, id) -> messages.dismiss(id, Request.actor(exchange), request.reason()));
    }

    private interface Act {
        ReplayResult on(ParkedRequest request, long id);
    }

    /** Acts on the messages one by one, each in its own transaction: a failure leaves the earlier ones done. */
    private void act(Exchange exchange, boolean needsReason, Act act) {
        List<Answer> answers = new ArrayList<>();
        Long next = null;
        ParkedRequest request = Request.json(exchange, ParkedRequest.class);
        if (needsReason && request.reason() == null) {
            throw Problem.malformed("a dismissal needs a reason, for whoever asks later");
        }
        List<Long> ids = request.ids();
        if (ids == null) {
            Page<ParkedMessage> page = Page.of(Objects.requireNonNullElse(request.limit(), ParkedRequest.MOST), rows ->
                    list(request.filter().waiting(), request.after(), true, rows));
            ids = page.rows().stream().map(ParkedMessage::id).toList();
            next = page.next(ParkedMessage::id);
        }
        for (long id : ids) {
            answers.add(answer(act.on(request, id)));
        }
        Reply.json(exchange, 200, new Answers(answers, next));
    }

    private static Answer answer(ReplayResult became) {
        ParkedMessage message = became.message();
        if (message == null) {
            return new Answer(became.id(), "UNKNOWN", false, null, "there is no such message; see GET /api/parked", null,
                    null);
        }
        String detail = switch (message.state()) {
            case PARKED -> message.cause();
            case REPLAYED -> null;
            case DISMISSED -> message.last().reason();
        };
        return new Answer(message.id(), message.state().name(), became.done(), message.last().outcome(), detail,
                message.last().at(), message.last().by());
    }

    /** Counts the replay's own outcome once, and the outcomes of early events that it made applicable. */
    private void count(ReplayResult became) {
        if (became.done()) {
            figures.messages(became.message().arrow(), Way.REPLAY, 1);
            List<Result> results = became.results();
            results.stream().limit(1).forEach(own -> figures.outcome(own.arrival().arrow(), own.outcome(), 1));
            applier.count(results.stream().skip(1).toList());
        }
    }

    private List<ParkedMessage> list(ParkedFilter filter, Long after, boolean oldestFirst, int limit) {
        return messages.list(filter, after, oldestFirst, limit, ParkedView.LONGEST_BODY).orElseThrow(() ->
                Problem.malformed("after must be the next of the answer before"));
    }

    private static ParkedFilter filter(Exchange exchange) {
        return Request.checked(() -> ParkedRequest.checked(new ParkedFilter(Request.given(exchange, "order"),
                Request.given(exchange, "store"), Request.given(exchange, "arrow"), Request.time(exchange, "from"),
                Request.time(exchange, "to"), Request.given(exchange, "cause"), state(exchange))));
    }

    private static ParkedState state(Exchange exchange) {
        String state = Request.given(exchange, "state");
        if ("ALL".equals(state)) {
            return null;
        }
        try {
            return state == null ? ParkedState.PARKED : ParkedState.valueOf(state);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("state must be PARKED, REPLAYED, DISMISSED or ALL");
        }
    }
}
