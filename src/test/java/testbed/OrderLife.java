package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import contract.CancelOutcome;
import contract.EventType;
import contract.ExpressChanged;
import contract.Kind;
import contract.Made;
import contract.MakingStarted;
import contract.OrderRequest;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** One order, and what its neighbours say of it, step by step. */
public final class OrderLife {

    private final HubClient hub;
    private final Messages messages;
    private final OrderRequest order;

    private OrderLife(HubClient hub, Messages messages, OrderRequest order) {
        this.hub = hub;
        this.messages = messages;
        this.order = order;
    }

    /** Confirmed, not paid. */
    public static OrderLife confirmed(SharedHub bed, Kind kind) {
        return confirmed(bed.client(), bed.messages(), kind);
    }

    public static OrderLife paid(SharedHub bed, Kind kind) {
        return paid(bed.client(), bed.messages(), kind);
    }

    /** At another hub than the shared one. */
    public static OrderLife confirmed(HubClient hub, Messages messages, Kind kind) {
        return confirmed(hub, messages, HubClient.anOrder(kind));
    }

    private static OrderLife confirmed(HubClient hub, Messages messages, OrderRequest order) {
        OrderLife life = new OrderLife(hub, messages, order);
        assertThat(hub.confirm(life.order).status()).isEqualTo(201);
        return life;
    }

    public static OrderLife paid(HubClient hub, Messages messages, Kind kind) {
        return paid(hub, messages, HubClient.anOrder(kind));
    }

    public static OrderLife paid(HubClient hub, Messages messages, OrderRequest order) {
        OrderLife life = confirmed(hub, messages, order);
        assertThat(hub.pay(life.order).status()).isEqualTo(204);
        return life;
    }

    public OrderRequest order() {
        return order;
    }

    public String id() {
        return order.orderId();
    }

    public String ticketId() {
        return "T-" + id();
    }

    public String noteId() {
        return "N-" + id();
    }

    public OrderLife started() {
        messages.send("lucky_making_started_topic", EventType.MAKING_STARTED, id(),
                new MakingStarted(id(), ticketId(), MakingStarted.Acceptance.AUTOMATIC, Instant.now()));
        return this;
    }

    public OrderLife made() {
        messages.send("lucky_made_topic", EventType.MADE, id(), new Made(id(), ticketId(), Instant.now()));
        return this;
    }

    public OrderLife express(int attempt, ExpressChanged.State state) {
        Instant now = Instant.now();
        messages.send("lucky_order_express_topic", EventType.EXPRESS_CHANGED, id(), new ExpressChanged(id(),
                noteId(), attempt, state, "courier-" + attempt, now.plus(Duration.ofMinutes(10)), now));
        return this;
    }

    public OrderLife cancelDecided(CancelOutcome.Decision decision) {
        messages.send("lucky_cancel_outcome_topic", EventType.CANCEL_OUTCOME, id(),
                new CancelOutcome(id(), decision, "as the test has it", Instant.now()));
        return this;
    }

    public Instant confirmedAt() {
        return Instant.parse(now().get("confirmedAt").asString());
    }

    public JsonNode now() {
        return hub.order(id());
    }

    /** Waits until the order's make state is this. */
    public OrderLife awaitMake(String state) {
        return await(order -> order.at("/make/state").asString(), state);
    }

    public OrderLife awaitDelivery(String state) {
        return await(order -> order.at("/delivery/state").asString(), state);
    }

    public OrderLife awaitCancel(String state) {
        return await(order -> order.at("/cancel/state").asString(), state);
    }

    public OrderLife awaitSettled(String as) {
        return await(order -> order.get("settledAs").asString(), as);
    }

    /** Waits until the timeline has a step of this arrow with this outcome. */
    public OrderLife awaitStep(String arrow, String outcome) {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(steps(arrow)).contains(outcome));
        return this;
    }

    /** The outcomes of this arrow in the timeline. */
    public java.util.List<String> steps(String arrow) {
        return now().get("timeline").valueStream().filter(step -> step.get("arrow").asString().equals(arrow))
                .map(step -> step.get("outcome").asString()).toList();
    }

    private OrderLife await(java.util.function.Function<JsonNode, String> what, String expected) {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(what.apply(now())).isEqualTo(expected));
        return this;
    }
}
