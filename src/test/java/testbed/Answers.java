package testbed;

import contract.BaristaApi;
import contract.DispatchApi;
import contract.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What well-behaved neighbours answer to the hub's calls. */
public final class Answers {

    private Answers() {
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
        Instant now = Instant.now();
        return Json.write(new BaristaApi.TicketsAnswer(Json.read(request, BaristaApi.TicketsRequest.class).orders()
                .stream().map(order -> new BaristaApi.Ticket(order.orderId(), "T-" + order.orderId(),
                        now.plus(Duration.ofMinutes(3)), now)).toList()));
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
}
