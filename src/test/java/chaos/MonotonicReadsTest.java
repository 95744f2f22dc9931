package chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two answers about one order, the later of which must not lie before the earlier. */
class MonotonicReadsTest {

    @Test
    void statesMayStayAndMoveForward() {
        assertThat(MonotonicReads.movedBack(seen("PAID", "NONE", 0, "NONE", null), seen("PAID", "NONE", 0, "NONE", null)))
                .isEmpty();
        assertThat(MonotonicReads.movedBack(seen("PAID", "NONE", 0, "NONE", null), seen("MADE", "NOTED", 1, "REFUSED", "MADE")))
                .isEmpty();
    }

    @Test
    void aSecondAttemptBeginsAnew() {
        assertThat(MonotonicReads.movedBack(seen("MADE", "PICKED_UP", 1, "NONE", null),
                seen("MADE", "ASSIGNED", 2, "NONE", null))).isEmpty();
    }

    @Test
    void whatMovesBackIsNamed() {
        assertThat(MonotonicReads.movedBack(seen("MADE", "NONE", 0, "NONE", null), seen("MAKING", "NONE", 0, "NONE", null)))
                .containsExactly("make went from MADE back to MAKING");
        assertThat(MonotonicReads.movedBack(seen("MADE", "PICKED_UP", 2, "NONE", null),
                seen("MADE", "DELIVERED", 1, "NONE", null))).hasSize(1);
        assertThat(MonotonicReads.movedBack(seen("MADE", "DELIVERED", 1, "NONE", "DELIVERED"),
                seen("MADE", "FAILED", 1, "NONE", "DELIVERY_FAILED"))).hasSize(2);
        assertThat(MonotonicReads.movedBack(seen("PAID", "NONE", 0, "CANCELLED", "CANCELLED"),
                seen("PAID", "NONE", 0, "REFUSED", "CANCELLED"))).hasSize(1);
        assertThat(MonotonicReads.movedBack(seen("PAID", "NONE", 0, "REFUSED", null),
                seen("PAID", "NONE", 0, "CANCEL_REQUESTED", null))).hasSize(1);
        assertThat(MonotonicReads.movedBack(seen("MADE", "NONE", 0, "NONE", "MADE"), seen("MADE", "NONE", 0, "NONE", null)))
                .hasSize(1);
    }

    private static OrderSnapshot seen(String make, String delivery, int attempt, String cancel, String settledAs) {
        return new OrderSnapshot("81", make, "P", "T", delivery, attempt, "N", cancel, settledAs,
                settledAs == null ? null : Instant.EPOCH, List.of());
    }
}
