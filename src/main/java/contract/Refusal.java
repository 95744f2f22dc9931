package contract;

/**
 * Why a neighbour did not do what it was asked to for one order.
 *
 * @param reason for people: {@code closed}, {@code no such store}
 */
public record Refusal(String orderId, String reason) {
    public Refusal {
        Check.id("orderId", orderId);
        Check.text("reason", Check.present("reason", reason));
    }
}
