package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import ledger.order.Order;
import org.junit.jupiter.api.Test;

/** One key an effect, from every hub and for ever, and never that of another order. */
class EffectKeysTest {

    private static final Instant CUT_OVER = Instant.parse("2026-03-01T09:00:00Z");

    private final EffectKeys keys = new EffectKeys(CUT_OVER);

    @Test
    void anIdThatIsUsedAgainHasOtherKeys() {
        Order first = order("2026-03-02T08:29:12.000001Z");
        Order second = order("2026-05-02T08:29:12.000001Z");
        assertThat(keys.ticket(first)).isEqualTo("ticket-order-81@2026-03-02T08:29:12.000001Z");
        assertThat(keys.ticket(second)).isNotEqualTo(keys.ticket(first));
        assertThat(keys.note(second)).isNotEqualTo(keys.note(first));
        assertThat(keys.cancelMaking(second)).isNotEqualTo(keys.cancelMaking(first));
        assertThat(keys.cancelDispatch(second)).isNotEqualTo(keys.cancelDispatch(first));
        assertThat(keys.of("loyalty", second)).isNotEqualTo(keys.of("loyalty", first));
    }

    @Test
    void anOrderThatAnOlderHubMayHavePushedKeepsTheKeyThatItWasPushedWith() {
        assertThat(keys.ticket(order("2026-03-01T08:59:59.999999Z"))).isEqualTo("ticket-order-81");
        assertThat(keys.ticket(order("2026-03-01T09:00:00Z"))).isEqualTo("ticket-order-81@2026-03-01T09:00:00.000000Z");
    }

    @Test
    void aTimeIsReadAlikeHoweverPreciseItIs() {
        assertThat(keys.ticket(order("2026-03-02T08:29:12.123456789Z")))
                .isEqualTo(keys.ticket(order("2026-03-02T08:29:12.123456Z")));
        assertThat(keys.ticket(order("2026-03-02T08:29:12Z"))).endsWith("@2026-03-02T08:29:12.000000Z");
    }

    private static Order order(String confirmedAt) {
        Order sample = new Samples().orders().get(0);
        return new Order(sample.id(), sample.version(), sample.content(), Instant.parse(confirmedAt), sample.making(),
                sample.delivery(), sample.cancel(), sample.ready(), sample.delivered(), sample.dues(), sample.settled());
    }
}
