package contract;

/**
 * {@code POST /api/orders/{id}/cancel}. The body may be empty.
 *
 * @param reason for people; may be null
 */
public record CancelRequest(String reason) {
    public CancelRequest {
        Bounds.text("reason", reason);
    }
}
