package it.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.CancelOutcome;
import contract.ExpressChanged;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testbed.Diversion;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.OrderLife;
import testbed.QuickPulls;
import testbed.SeparateHub;
import testbed.SharedHub;

/**
 * One store has a barista and a dispatch of its own, at other topics and addresses. Every push is lost, as nobody reads the
 * topics; what follows is pulled and asked where the store's orders belong, and nowhere else.
 */
class DiversionIT {

    private static final String STORE = "store-7";
    private static final List<String> PATHS = List.of("/orders", "/tickets/estimates", "/tickets/states", "/cancellations",
            "/dispatch-times", "/notes", "/deliveries/states");

    private static final NeighbourServer kitchen = new NeighbourServer();
    private static final NeighbourServer couriers = new NeighbourServer();
    private static SeparateHub alone;
    private final HubClient hub = alone.client();

    @BeforeAll
    static void start() throws IOException {
        alone = new SeparateHub("diverted", QuickPulls.with("hub.routes.hosts", "127.0.0.1"));
        for (NeighbourServer barista : List.of(alone.barista, kitchen)) {
            barista.answers("/orders", NeighbourAnswers::ticketsMade);
            barista.answers("/tickets/estimates", request -> NeighbourAnswers.noTickets());
            barista.answers("/tickets/states", NeighbourAnswers::waiting);
            barista.answers("/cancellations", request -> NeighbourAnswers.decided(request, CancelOutcome.Decision.CANCELLED));
        }
        for (NeighbourServer dispatch : List.of(alone.dispatch, couriers)) {
            dispatch.answers("/dispatch-times", NeighbourAnswers::dispatchTimes);
            dispatch.answers("/notes", NeighbourAnswers::notes);
            dispatch.answers("/deliveries/states", request -> NeighbourAnswers.deliveries(request, ExpressChanged.State.DELIVERED));
            dispatch.answers("/cancellations", NeighbourAnswers::cancelled);
        }
        HubClient.Reply applied = apply(alone.client(), diverted(Diversion.BARISTA, Diversion.DISPATCH));
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
    }

    @AfterAll
    static void end() {
        alone.close();
        kitchen.close();
        couriers.close();
    }

    @Test
    void eachOrderGetsOneTicketOfTheBaristaOfItsStore() {
        List<OrderLife> ours = IntStream.range(0, 5).mapToObj(n -> paid(Kind.PICKUP, STORE)).toList();
        List<OrderLife> others = IntStream.range(0, 5).mapToObj(n -> OrderLife.paid(hub, alone.messages, Kind.PICKUP)).toList();
        ours.forEach(life -> life.awaitMake("RECEIVED").awaitStep("pull-making-other", "FAILED"));
        others.forEach(life -> life.awaitMake("RECEIVED").awaitStep("pull-making", "FAILED"));

        ours.forEach(life -> {
            assertThat(kitchen.requests("/orders").stream().filter(body -> new String(body).contains(life.id()))).hasSize(1);
            await().until(() -> kitchen.wasAsked("/tickets/estimates", life.id()));
            assertThat(alone.messages.on("lucky_other_orders_topic", life.id())).hasSize(1);
            isUnknownTo(alone.barista, life);
            assertThat(alone.messages.on("lucky_order_to_barista_topic", life.id())).isEmpty();
        });
        others.forEach(life -> {
            assertThat(alone.barista.wasAsked("/orders", life.id())).isTrue();
            isUnknownTo(kitchen, life);
        });
    }

    @Test
    void aCancelIsDecidedByTheBaristaOfTheStoreAndThenDroppedByItsDispatch() {
        OrderLife ours = paid(Kind.DELIVERY, STORE).awaitMake("RECEIVED");
        OrderLife other = OrderLife.paid(hub, alone.messages, Kind.DELIVERY).awaitMake("RECEIVED");
        hub.cancel(ours.id());
        hub.cancel(other.id());
        ours.awaitSettled("CANCELLED");
        other.awaitSettled("CANCELLED");

        assertThat(kitchen.wasAsked("/cancellations", ours.id())).isTrue();
        assertThat(couriers.wasAsked("/cancellations", ours.id())).isTrue();
        assertThat(alone.messages.on("lucky_other_cancels_topic", ours.id())).hasSize(1);
        assertThat(alone.messages.on("lucky_cancel_making_topic", ours.id())).isEmpty();
        isUnknownTo(alone.barista, ours);
        isUnknownTo(alone.dispatch, ours);
        isUnknownTo(kitchen, other);
        isUnknownTo(couriers, other);
    }

    @Test
    void aDeliveryHasOneNoteOfTheDispatchOfItsStoreAndIsFollowedThere() {
        OrderLife ours = paid(Kind.DELIVERY, STORE).started().made().awaitSettled("DELIVERED");
        OrderLife other = OrderLife.paid(hub, alone.messages, Kind.DELIVERY).started().made().awaitSettled("DELIVERED");

        assertThat(couriers.requests("/notes").stream().filter(body -> new String(body).contains(ours.id()))).hasSize(1);
        await().until(() -> couriers.wasAsked("/dispatch-times", ours.id()));
        assertThat(couriers.wasAsked("/deliveries/states", ours.id())).isTrue();
        isUnknownTo(alone.dispatch, ours);
        isUnknownTo(couriers, other);
    }

    @Test
    void aStoreThatIsDivertedByHalfIsRefusedAndNothingChanges() throws IOException {
        String shipped = shipped();
        HubClient.Reply refused = apply(hub, Diversion.leavingOut(shipped, STORE, List.of("push-order")) + "\n"
                + Diversion.takingUp(shipped, STORE, List.of("push-order")));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").asString()).contains("not left out by pull-unaccepted",
                "no added route takes up pull-unaccepted");
        paid(Kind.PICKUP, STORE).awaitMake("RECEIVED").awaitStep("pull-unaccepted-other", "APPLIED");
    }

    private void isUnknownTo(NeighbourServer neighbour, OrderLife life) {
        assertThat(PATHS.stream().filter(path -> neighbour.wasAsked(path, life.id()))).isEmpty();
    }

    private OrderLife paid(Kind kind, String store) {
        OrderRequest any = HubClient.anOrder(kind);
        return OrderLife.paid(hub, alone.messages, new OrderRequest(any.orderId(), store, kind, any.amount(), any.currency(),
                any.items()));
    }

    private static String diverted(List<String> toBarista, List<String> toDispatch) throws IOException {
        String shipped = shipped();
        String left = Diversion.leavingOut(Diversion.leavingOut(shipped, STORE, toBarista), STORE, toDispatch);
        return left + "\n" + Diversion.takingUp(shipped, STORE, toBarista).replace("{{barista.url}}", kitchen.url())
                .replace("lucky_order_to_barista_topic", "lucky_other_orders_topic")
                .replace("lucky_cancel_making_topic", "lucky_other_cancels_topic")
                + "\n" + Diversion.takingUp(shipped, STORE, toDispatch).replace("{{dispatch.url}}", couriers.url())
                .replace("lucky_order_changed_topic", "lucky_other_changes_topic");
    }

    private static String shipped() throws IOException {
        return Files.readString(Path.of("src", "main", "resources", "routes.yaml"));
    }

    private static HubClient.Reply apply(HubClient hub, String routes) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("files",
                List.of(Map.of("name", "routes.yaml", "text", routes)), "reason", "a test")));
    }
}
