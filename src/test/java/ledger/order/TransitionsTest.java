package ledger.order;

import static ledger.order.OrderFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in every state that an order can come to. The tables are the statement; the rules have to follow. */
class TransitionsTest {

    private static final Transitions TRANSITIONS = new Transitions(PATIENCE);

    /**
     * The making and the cancel. An arrow names the state it moves to, and applies; "kept" is an order whose cancel the
     * barista refused, "asked" one whose cancel it has not decided. The delivery has no say in any of this.
     */
    private static final TextTable MAKING = new TextTable("""
                            | paid      | ticket           | started        | made         | wish        | agreed      | declined         | dropped   | unpaid    | turned down
        none                | early     | early            | early          | early        | refused     | early       | early            | early     | early     | early
        CONFIRMED           | → PAID    | early            | early          | early        | → cancelled | refused     | stale            | refused   | → expired | refused
        CONFIRMED cancelled | refund    | refused          | refused        | refused      | duplicate   | duplicate   | refused          | once      | stale     | stale
        CONFIRMED expired   | refund    | refused          | refused        | refused      | refused     | refused     | stale            | refused   | stale     | stale
        PAID                | duplicate | → RECEIVED       | → MAKING       | → MADE       | → asked     | refused     | stale            | refused   | stale     | → cancelled
        PAID asked          | duplicate | → RECEIVED asked | → MAKING kept  | → MADE kept  | duplicate   | → cancelled | → kept           | refused   | stale     | stale
        PAID kept           | duplicate | → RECEIVED kept  | → MAKING kept  | → MADE kept  | refused     | refused     | duplicate        | refused   | stale     | → cancelled
        PAID cancelled      | duplicate | stale            | refused        | refused      | duplicate   | duplicate   | refused          | once      | stale     | stale
        RECEIVED            | duplicate | duplicate        | → MAKING       | → MADE       | → asked     | refused     | stale            | refused   | stale     | refused
        RECEIVED asked      | duplicate | duplicate        | → MAKING kept  | → MADE kept  | duplicate   | → cancelled | → kept           | refused   | stale     | stale
        RECEIVED kept       | duplicate | duplicate        | → MAKING kept  | → MADE kept  | refused     | refused     | duplicate        | refused   | stale     | refused
        RECEIVED cancelled  | duplicate | stale            | refused        | refused      | duplicate   | duplicate   | refused          | once      | stale     | stale
        MAKING              | duplicate | duplicate        | duplicate      | → MADE       | refused     | refused     | stale            | refused   | stale     | refused
        MAKING kept         | duplicate | duplicate        | duplicate      | → MADE kept  | refused     | refused     | duplicate        | refused   | stale     | refused
        MADE                | duplicate | duplicate        | stale          | duplicate    | refused     | refused     | stale            | refused   | stale     | refused
        MADE kept           | duplicate | duplicate        | stale          | duplicate    | refused     | refused     | duplicate        | refused   | stale     | refused
        """);

    /** The courier, within an attempt and in the next one, for an order that is paid, not cancelled and to be brought. */
    private static final TextTable DELIVERY = new TextTable("""
                    | NOTED#1   | ASSIGNED#1 | PICKED_UP#1 | DELIVERED#1 | FAILED#1  | NOTED#2   | ASSIGNED#2 | PICKED_UP#2 | DELIVERED#2 | FAILED#2
        NONE        | →         | →          | →           | →           | →         | →         | →          | →           | →           | →
        NOTED#1     | duplicate | →          | →           | →           | →         | →         | →          | →           | →           | →
        ASSIGNED#1  | stale     | duplicate  | →           | →           | →         | →         | →          | →           | →           | →
        PICKED_UP#1 | stale     | stale      | duplicate   | →           | →         | →         | →          | →           | →           | →
        DELIVERED#1 | stale     | stale      | stale       | duplicate   | stale     | stale     | stale      | stale       | stale       | stale
        FAILED#1    | stale     | stale      | stale       | stale       | duplicate | stale     | stale      | stale       | stale       | stale
        NOTED#2     | stale     | stale      | stale       | stale       | stale     | duplicate | →          | →           | →           | →
        ASSIGNED#2  | stale     | stale      | stale       | stale       | stale     | stale     | duplicate  | →           | →           | →
        PICKED_UP#2 | stale     | stale      | stale       | stale       | stale     | stale     | stale      | duplicate   | →           | →
        DELIVERED#2 | stale     | stale      | stale       | stale       | stale     | stale     | stale      | stale       | duplicate   | stale
        FAILED#2    | stale     | stale      | stale       | stale       | stale     | stale     | stale      | stale       | stale       | duplicate
        """);

    private static final Map<String, Event> MAKING_EVENTS = Map.of("paid", OrderFixture.paid(), "ticket", OrderFixture.ticket(),
            "started", OrderFixture.started(), "made", OrderFixture.made(), "wish", OrderFixture.cancelWish(), "agreed",
            OrderFixture.cancelAgreed(), "declined", OrderFixture.cancelDeclined(), "dropped", OrderFixture.dropped(), "unpaid",
            OrderFixture.unpaid(), "turned down", OrderFixture.turnedDown());

    private static final Map<String, Event> DELIVERY_EVENTS = DELIVERY.columns().stream()
            .collect(Collectors.toMap(name -> name, TransitionsTest::express));

    private static Event express(String name) {
        String[] parts = name.split("#");
        return OrderFixture.express(DeliveryState.valueOf(parts[0]), Integer.parseInt(parts[1]));
    }

    static Collection<StateFixture> everySituation() {
        List<Event> events = Stream.concat(MAKING_EVENTS.values().stream(), DELIVERY_EVENTS.values().stream()).toList();
        List<StateFixture> all = new ArrayList<>(StateFixture.reachable(Kind.PICKUP, TRANSITIONS, events));
        all.addAll(StateFixture.reachable(Kind.DELIVERY, TRANSITIONS, events));
        return all;
    }

    @Test
    void anOrderComesToEveryStateOfTheTablesAndToNoOther() {
        Set<String> making = new TreeSet<>(Set.of("none"));
        Set<String> delivery = new TreeSet<>();
        everySituation().forEach(situation -> {
            making.add(situation.making());
            delivery.add(situation.delivery());
        });
        assertThat(making).isEqualTo(new TreeSet<>(MAKING.rows()));
        assertThat(delivery).isEqualTo(new TreeSet<>(DELIVERY.rows()));
        assertThat(MAKING_EVENTS).containsOnlyKeys(MAKING.columns());
    }

    @Test
    void whatIsSaidOfAnUnknownOrder() {
        SoftAssertions soft = new SoftAssertions();
        MAKING_EVENTS.forEach((name, event) -> soft.assertThat(said(TRANSITIONS.decide(null, event, OrderFixture.NOON)))
                .as(name).isEqualTo(MAKING.at("none", name)));
        DELIVERY_EVENTS.forEach((name, event) -> soft.assertThat(said(TRANSITIONS.decide(null, event, OrderFixture.NOON)))
                .as(name).isEqualTo("early"));
        soft.assertAll();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everySituation")
    void everyEventOfMakingAndCancelling(StateFixture now) {
        SoftAssertions soft = new SoftAssertions();
        MAKING_EVENTS.forEach((name, event) -> {
            Decision decision = TRANSITIONS.decide(now.order(), event, OrderFixture.minute(2));
            String expected = MAKING.at(now.making(), name);
            if (expected.equals("once")) {
                // Dispatch's word is what settles a cancelled order, when it had not been settled before.
                expected = now.order().settled() == null ? "→" : "duplicate";
            }
            soft.assertThat(said(decision)).as(name).isEqualTo(expected.startsWith("→") ? "→" : expected);
            if (decision instanceof Decision.Applied applied) {
                StateFixture next = new StateFixture(applied.order());
                soft.assertThat(next.making()).as("the making after " + name).isEqualTo(target(now, expected));
                soft.assertThat(next.order().delivery()).as("the delivery after " + name)
                        .isEqualTo(now.order().delivery());
                whatFollows(soft, name, now, next);
            }
        });
        soft.assertAll();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everySituation")
    void everyEventOfTheDelivery(StateFixture now) {
        SoftAssertions soft = new SoftAssertions();
        DELIVERY_EVENTS.forEach((name, event) -> {
            Decision decision = TRANSITIONS.decide(now.order(), event, OrderFixture.minute(2));
            soft.assertThat(said(decision)).as(name).isEqualTo(expectedOfDelivery(now, name));
            if (decision instanceof Decision.Applied applied) {
                StateFixture next = new StateFixture(applied.order());
                soft.assertThat(next.delivery()).isEqualTo(name);
                soft.assertThat(next.order().making()).isEqualTo(now.order().making());
                soft.assertThat(next.order().cancel()).isEqualTo(now.order().cancel());
                whatFollows(soft, name, now, next);
            }
        });
        soft.assertAll();
    }

    /** A settled order is kept in history as it is: nobody could write the change. */
    @Test
    void nothingThatIsSaidMovesASettledOrder() {
        List<Event> events = Stream.concat(
                Stream.of(MAKING_EVENTS, DELIVERY_EVENTS).flatMap(named -> named.values().stream()),
                Stream.of(OrderFixture.paid("another", 3200), OrderFixture.paid("another", 1), OrderFixture.ticket("ticket-2", 10, OrderFixture.NOON),
                        OrderFixture.ticket("ticket-1", 59, OrderFixture.minute(50)), OrderFixture.started("ticket-2"),
                        OrderFixture.made("ticket-2"), OrderFixture.dispatchTime(59, OrderFixture.minute(50)),
                        OrderFixture.express("note-2", DeliveryState.NOTED, 1),
                        OrderFixture.express("note-2", DeliveryState.DELIVERED, 9),
                        OrderFixture.express(DeliveryState.NOTED, 9))).toList();
        assertThat(events.stream().<Class<?>>map(Event::getClass)).as("of every kind")
                .contains(Event.class.getPermittedSubclasses());

        List<StateFixture> settled = everySituation().stream().filter(now -> now.order().settled() != null).toList();
        assertThat(settled).extracting(now -> now.order().settled().as()).contains(Settlement.values());
        SoftAssertions soft = new SoftAssertions();
        settled.forEach(now -> events.forEach(event -> soft.assertThat(
                        TRANSITIONS.decide(now.order(), event, OrderFixture.minute(60)).outcome())
                .as(now + ", " + event).isNotIn(Outcome.APPLIED, Outcome.EARLY)));
        soft.assertAll();
    }

    private static String expectedOfDelivery(StateFixture now, String name) {
        if (now.order().content().kind() == Kind.PICKUP || now.making().endsWith("cancelled")
                || now.making().endsWith("expired")) {
            return "refused";
        }
        return now.making().equals("CONFIRMED") ? "early" : DELIVERY.at(now.delivery(), name);
    }

    /** "→ MAKING kept" says it all; "→ asked" leaves the making as it is. */
    private static String target(StateFixture now, String expected) {
        String target = expected.substring(1).strip();
        return target.isEmpty() ? now.making()
                : Character.isUpperCase(target.charAt(0)) ? target : now.order().making().state() + " " + target;
    }

    private static void whatFollows(SoftAssertions soft, String event, StateFixture now, StateFixture next) {
        Order order = next.order();
        soft.assertThat(order.version()).as("version after " + event).isEqualTo(now.order().version() + 1);
        soft.assertThat(order.settled() == null ? null : order.settled().as()).as("settlement after " + event)
                .isEqualTo(settlement(next, event));
        soft.assertThat(owing(order)).as("who owes after " + event).isEqualTo(expectedOwing(next));
    }

    /** Over is: made and to be fetched, delivered or finally failed, cancelled, never paid. */
    private static Settlement settlement(StateFixture next, String event) {
        boolean pickup = next.order().content().kind() == Kind.PICKUP;
        String courier = next.delivery().replaceAll("#.*", "");
        if (next.making().endsWith("expired")) {
            return Settlement.EXPIRED;
        } else if (event.equals("turned down")) {
            return Settlement.REFUSED;
        } else if (next.making().endsWith("cancelled")) {
            // Of one for delivery, dispatch has to drop its plans first; of one that was never paid it has none.
            return pickup || next.making().startsWith("CONFIRMED") || event.equals("dropped") ? Settlement.CANCELLED
                    : null;
        } else if (!next.making().startsWith("MADE")) {
            return null;
        }
        return pickup ? Settlement.MADE : courier.equals("DELIVERED") ? Settlement.DELIVERED
                : courier.equals("FAILED") ? Settlement.DELIVERY_FAILED : null;
    }

    private static Set<Debt> expectedOwing(StateFixture next) {
        if (next.order().settled() != null) {
            return Set.of();
        }
        Map<Debt, Boolean> owing = new EnumMap<>(Debt.class);
        boolean delivery = next.order().content().kind() == Kind.DELIVERY;
        boolean cancelled = next.making().endsWith("cancelled");
        boolean asked = next.making().endsWith("asked");
        boolean open = !asked && !cancelled;
        boolean underWay = Set.of("NOTED", "ASSIGNED", "PICKED_UP").contains(next.delivery().replaceAll("#.*", ""));
        owing.put(Debt.PAYMENT, next.making().equals("CONFIRMED"));
        owing.put(Debt.TICKET, open && next.making().startsWith("PAID"));
        owing.put(Debt.MAKING, open && Stream.of("RECEIVED", "MAKING").anyMatch(next.making()::startsWith));
        owing.put(Debt.DECISION, asked);
        owing.put(Debt.NOTE, delivery && next.making().startsWith("MADE") && next.delivery().equals("NONE"));
        owing.put(Debt.DELIVERY, delivery && !cancelled && underWay);
        owing.put(Debt.DROP, delivery && cancelled);
        return owing.keySet().stream().filter(owing::get).collect(Collectors.toSet());
    }

    private static Set<Debt> owing(Order order) {
        return Stream.of(order.dues().payment(), order.dues().barista(), order.dues().dispatch())
                .filter(Objects::nonNull).map(Dues.Due::debt).collect(Collectors.toSet());
    }

    private static String said(Decision decision) {
        return switch (decision.outcome()) {
            case APPLIED -> "→";
            case REFUND_DUE -> "refund";
            default -> decision.outcome().name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
