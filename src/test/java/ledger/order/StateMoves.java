package ledger.order;

import contract.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every move of an order's states that {@link Transitions} makes, found by giving it every event in every state. */
final class StateMoves {

    /** What is said of an order, in words, and which side says it. */
    record Said(String words, Side by, Event event) {
    }

    enum Side { PAYMENT, BARISTA, DISPATCH, SHOP }

    /** One kind of state of an order: its name, its states in their order, and how it is read. */
    record Track(String name, List<? extends Enum<?>> states, Function<Order, Enum<?>> of) {

        static final Track MAKING = new Track("making", List.of(MakeState.values()), order -> order.making().state());
        static final Track CANCEL = new Track("cancel", List.of(CancelState.values()), order -> order.cancel().state());
        static final Track DELIVERY = new Track("delivery", List.of(DeliveryState.values()),
                order -> order.delivery().state());
    }

    /** An event, the order before it and the order after it. */
    private record Step(Said said, Order before, Order after) {
    }

    /** Events that lead from the same states to the same one, and the states of the making in which they do. */
    record Move(List<Said> said, Set<Enum<?>> from, Enum<?> to, Set<Enum<?>> making) {
    }

    private final List<Step> steps = new ArrayList<>();

    StateMoves(Transitions transitions) {
        List<Said> all = everything();
        Collection<Event> events = all.stream().map(Said::event).toList();
        for (Kind kind : Kind.values()) {
            for (StateFixture state : StateFixture.reachable(kind, transitions, events)) {
                for (Said said : all) {
                    if (transitions.decide(state.order(), said.event(), OrderFixture.minute(1))
                            instanceof Decision.Applied applied) {
                        steps.add(new Step(said, state.order(), applied.order()));
                    }
                }
            }
        }
    }

    /** One event of each kind at least. */
    static List<Said> everything() {
        List<Said> all = new ArrayList<>(List.of(
                new Said("paid", Side.PAYMENT, OrderFixture.paid()),
                new Said("unpaid for too long", Side.PAYMENT, OrderFixture.unpaid()),
                new Said("ticket known", Side.BARISTA, OrderFixture.ticket()),
                new Said("ticket refused", Side.BARISTA, OrderFixture.turnedDown()),
                new Said("making started", Side.BARISTA, OrderFixture.started()),
                new Said("made", Side.BARISTA, OrderFixture.made()),
                new Said("cancel requested", Side.SHOP, OrderFixture.cancelWish()),
                new Said("cancel agreed", Side.BARISTA, OrderFixture.cancelAgreed()),
                new Said("cancel declined", Side.BARISTA, OrderFixture.cancelDeclined()),
                new Said("delivery dropped", Side.DISPATCH, OrderFixture.dropped()),
                new Said("new time of delivery", Side.DISPATCH, OrderFixture.dispatchTime(50, OrderFixture.minute(1)))));
        for (int attempt = 1; attempt <= 2; attempt++) {
            for (DeliveryState state : DeliveryState.values()) {
                if (state != DeliveryState.NONE) {
                    all.add(new Said(state.name().toLowerCase(Locale.ROOT).replace('_', ' '), Side.DISPATCH,
                            OrderFixture.express(state, attempt)));
                }
            }
        }
        return all;
    }

    /** The moves of a track within one attempt of a delivery. */
    List<Move> of(Track track) {
        Map<List<Object>, Move> byEvent = new LinkedHashMap<>();
        for (Step step : steps) {
            Enum<?> from = track.of().apply(step.before());
            Enum<?> to = track.of().apply(step.after());
            if (from != to && !isLaterAttempt(step)) {
                Move move = byEvent.computeIfAbsent(List.of(step.said().words(), to),
                        key -> new Move(List.of(step.said()), new TreeSet<>(), to, new TreeSet<>()));
                move.from().add(from);
                move.making().add(step.before().making().state());
            }
        }
        Map<List<Object>, Move> together = new LinkedHashMap<>();
        byEvent.values().forEach(move -> together.merge(List.of(move.from(), move.to(), move.making()), move,
                (one, other) -> new Move(Stream.concat(one.said().stream(), other.said().stream()).toList(), one.from(),
                        one.to(), one.making())));
        return List.copyOf(together.values());
    }

    /** The delivery states from which a later attempt begins anew. */
    Set<Enum<?>> beganAnew() {
        Set<Enum<?>> states = new TreeSet<>();
        steps.stream().filter(StateMoves::isLaterAttempt).forEach(step -> states.add(step.before().delivery().state()));
        return states;
    }

    /** The states of another track in which this one never moves, though orders are in them. */
    Set<Enum<?>> stillWhile(Track track, Track other) {
        Set<Enum<?>> still = new LinkedHashSet<>(other.states());
        steps.stream().filter(step -> track.of().apply(step.before()) != track.of().apply(step.after()))
                .forEach(step -> still.remove(other.of().apply(step.before())));
        return still;
    }

    /** What settles an order, by how it ends: the words of the events, and the kinds of orders. */
    Map<Settlement, Map<Said, Set<Kind>>> ends() {
        Map<Settlement, Map<Said, Set<Kind>>> ends = new EnumMap<>(Settlement.class);
        for (Step step : steps) {
            if (step.before().settled() == null && step.after().settled() != null) {
                Map<Said, Set<Kind>> by = ends.computeIfAbsent(step.after().settled().as(), key -> new LinkedHashMap<>());
                Said said = by.keySet().stream().filter(known -> known.words().equals(step.said().words())).findFirst()
                        .orElse(step.said());
                by.computeIfAbsent(said, key -> new TreeSet<>()).add(step.before().content().kind());
            }
        }
        return ends;
    }

    private static boolean isLaterAttempt(Step step) {
        int before = step.before().delivery().attempt();
        return before > 0 && step.after().delivery().attempt() > before;
    }
}
