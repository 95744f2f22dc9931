package testbed;

import contract.BaristaApi;
import contract.CancelOutcome;
import contract.DispatchApi;
import contract.ExpressChanged;
import contract.Json;
import contract.Made;
import contract.MakingStarted;
import contract.PaymentApi;
import contract.PaymentCallback;
import contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What well-behaved neighbours answer to the hub's calls. */
public final class NeighbourAnswers {

    private NeighbourAnswers() {
    }

    public static byte[] readyAt(byte[] request) {
        Json.read(request, BaristaApi.EstimateRequest.class);
        Instant now = Instant.now();
        return Json.write(new BaristaApi.Estimate(now.plus(Duration.ofMinutes(4)), now));
    }

    public static byte[] noTickets() {
        return Json.write(new BaristaApi.TicketsAnswer(List.of()));
    }

    /** A ticket for each order that is asked about. */
    public static byte[] tickets(byte[] request) {
        return Json.write(new BaristaApi.TicketsAnswer(tickets(
                Json.read(request, BaristaApi.TicketsRequest.class).orders().stream()
                        .map(BaristaApi.OrderOfStore::orderId).toList())));
    }

    /** The barista decides on none of the orders, so that they are handed over again. */
    public static byte[] noneDecided() {
        return Json.write(new BaristaApi.OrdersAnswer(List.of(), List.of(), List.of(), List.of()));
    }

    /** The barista makes a ticket of each order that is handed over. */
    public static byte[] ticketsMade(byte[] request) {
        return Json.write(new BaristaApi.OrdersAnswer(tickets(orderIds(request)), List.of(), List.of(), List.of()));
    }

    /** The barista has a ticket of each order that is handed over. */
    public static byte[] ticketsKnown(byte[] request) {
        return Json.write(new BaristaApi.OrdersAnswer(List.of(), tickets(orderIds(request)), List.of(), List.of()));
    }

    /** The barista takes none of the orders now. */
    public static byte[] closed(byte[] request) {
        return Json.write(new BaristaApi.OrdersAnswer(List.of(), List.of(), refusals(orderIds(request), "closed"),
                List.of()));
    }

    /** The barista will never make these orders. */
    public static byte[] ordersRefused(byte[] request) {
        return Json.write(new BaristaApi.OrdersAnswer(List.of(), List.of(), List.of(),
                refusals(orderIds(request), "no such store")));
    }

    public static byte[] noTicketStates() {
        return Json.write(new BaristaApi.TicketStatesAnswer(List.of(), List.of(), List.of()));
    }

    /** Each order that is asked about has a ticket, not accepted yet. */
    public static byte[] waiting(byte[] request) {
        return Json.write(new BaristaApi.TicketStatesAnswer(tickets(ticketStates(request)), List.of(), List.of()));
    }

    /** Each order that is asked about was accepted just now. */
    public static byte[] started(byte[] request) {
        Instant now = Instant.now();
        return Json.write(new BaristaApi.TicketStatesAnswer(List.of(), ticketStates(request).stream().map(orderId ->
                new MakingStarted(orderId, "T-" + orderId, MakingStarted.Acceptance.AUTOMATIC, now)).toList(),
                List.of()));
    }

    /** Each order that is asked about was made just now. */
    public static byte[] made(byte[] request) {
        Instant now = Instant.now();
        return Json.write(new BaristaApi.TicketStatesAnswer(List.of(), List.of(), ticketStates(request).stream()
                .map(orderId -> new Made(orderId, "T-" + orderId, now)).toList()));
    }

    public static byte[] noDecisions() {
        return Json.write(new BaristaApi.CancellationsAnswer(List.of()));
    }

    /** The barista decides the same on each cancel. */
    public static byte[] decided(byte[] request, CancelOutcome.Decision decision) {
        Instant now = Instant.now();
        return Json.write(new BaristaApi.CancellationsAnswer(
                Json.read(request, BaristaApi.CancellationsRequest.class).orders().stream()
                        .map(cancel -> new CancelOutcome(cancel.orderId(), decision, "as the test has it", now))
                        .toList()));
    }

    private static List<String> orderIds(byte[] request) {
        return Json.read(request, BaristaApi.OrdersRequest.class).orders().stream()
                .map(BaristaApi.PaidOrder::orderId).toList();
    }

    private static List<String> ticketStates(byte[] request) {
        return Json.read(request, BaristaApi.TicketStatesRequest.class).orderIds();
    }

    private static List<BaristaApi.Ticket> tickets(List<String> orderIds) {
        Instant now = Instant.now();
        return orderIds.stream().map(orderId -> new BaristaApi.Ticket(orderId, "T-" + orderId,
                now.plus(Duration.ofMinutes(3)), now)).toList();
    }

    private static List<Refusal> refusals(List<String> orderIds, String reason) {
        return orderIds.stream().map(orderId -> new Refusal(orderId, reason)).toList();
    }

    public static byte[] deliveredAt(byte[] request) {
        Json.read(request, DispatchApi.EstimateRequest.class);
        Instant now = Instant.now();
        return Json.write(new DispatchApi.Estimate(now.plus(Duration.ofMinutes(30)), now));
    }

    public static byte[] dispatchTimes(byte[] request) {
        Instant now = Instant.now();
        return Json.write(new DispatchApi.DispatchTimesAnswer(
                Json.read(request, DispatchApi.DispatchTimesRequest.class).orders().stream()
                        .map(order -> new DispatchApi.DispatchTime(order.orderId(),
                                now.plus(Duration.ofMinutes(20)), now)).toList()));
    }

    public static byte[] cancelled(byte[] request) {
        return Json.write(new DispatchApi.CancellationsAnswer(
                Json.read(request, DispatchApi.CancellationsRequest.class).orders().stream()
                        .map(DispatchApi.Cancellation::orderId).toList()));
    }

    /** Dispatch decides on none of the orders, so that they are handed over again. */
    public static byte[] noNotes() {
        return Json.write(new DispatchApi.NotesAnswer(List.of(), List.of()));
    }

    /** Dispatch makes a note of each order that is handed over. */
    public static byte[] notes(byte[] request) {
        return Json.write(new DispatchApi.NotesAnswer(Json.read(request, DispatchApi.NotesRequest.class).orders()
                .stream().map(order -> delivery(order.orderId(), ExpressChanged.State.NOTED)).toList(), List.of()));
    }

    public static byte[] noDeliveries() {
        return Json.write(new DispatchApi.DeliveryStatesAnswer(List.of()));
    }

    /** The delivery of each order that is asked about has come to this state just now. */
    public static byte[] deliveries(byte[] request, ExpressChanged.State state) {
        return Json.write(new DispatchApi.DeliveryStatesAnswer(
                Json.read(request, DispatchApi.DeliveryStatesRequest.class).orderIds().stream()
                        .map(orderId -> delivery(orderId, state)).toList()));
    }

    private static ExpressChanged delivery(String orderId, ExpressChanged.State state) {
        Instant now = Instant.now();
        return new ExpressChanged(orderId, "N-" + orderId, 1, state,
                state == ExpressChanged.State.NOTED ? null : "courier-1", now.plus(Duration.ofMinutes(10)), now);
    }

    /** The payment system says nothing of any order: neither paid nor unpaid. */
    public static byte[] nothingOfPayments() {
        return Json.write(new PaymentApi.PaymentsAnswer(List.of(), List.of()));
    }

    /** No order that is asked about is paid. */
    public static byte[] unpaid(byte[] request) {
        return Json.write(new PaymentApi.PaymentsAnswer(List.of(),
                Json.read(request, PaymentApi.PaymentsRequest.class).orderIds()));
    }

    /** Of the orders that are asked about, these are paid; the others are not mentioned. */
    public static byte[] paid(byte[] request, PaymentCallback... payments) {
        List<String> asked = Json.read(request, PaymentApi.PaymentsRequest.class).orderIds();
        return Json.write(new PaymentApi.PaymentsAnswer(Stream.of(payments)
                .filter(payment -> asked.contains(payment.orderId())).toList(), List.of()));
    }
}
