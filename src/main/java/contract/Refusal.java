package contract;

/**
 * Why a neighbour did not do what it was asked to for one order.
 *
 * @param reason for people: {@code closed}, {@code no such store}
 */
public record Refusal(String orderId, String reason) {
    public Refusal {
        Bounds.id("orderId", orderId);
        Bounds.text("reason", Bounds.present("reason", reason));
    }
}
