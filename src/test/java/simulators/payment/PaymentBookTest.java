package simulators.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.PaymentApi;
import contract.PaymentCallback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import simulators.journal.Entry;
import simulators.journal.What;

class PaymentBookTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final PaymentBook book = new PaymentBook();

    private Entry pay(String orderId, String key) {
        return book.pay(new PaymentRequest(orderId, 1_990, "CNY", key), NOON);
    }

    @Test
    void whoAsksHearsEachPaymentAsItsCallbackSaysIt() {
        Entry paid = pay("paid", null);
        PaymentApi.PaymentsAnswer answer = book.query(List.of("paid", "unpaid"));
        assertThat(answer.payments()).containsExactly(new PaymentCallback(paid.id(), "paid", 1_990, "CNY", NOON));
        assertThat(answer.unpaid()).containsExactly("unpaid");
    }

    @Test
    void anOrderPaidTwiceHasTwoPaymentsAndARepeatedOneIsNone() {
        pay("81", "one");
        pay("81", "other");
        pay("81", "other");
        assertThat(book.query(List.of("81")).payments()).extracting(PaymentCallback::paymentId)
                .containsExactly("P1-81", "P2-81");
    }

    @Test
    void aPaymentIsToldToWhoeverAsksThoughItsCallbackWasLostGivenUpOrAcknowledged() {
        Map.of("lost", What.FAULT, "given-up", What.CALLBACK_GIVEN_UP, "heard", What.CALLBACK_ACKNOWLEDGED)
                .forEach((orderId, end) -> {
                    Entry paid = pay(orderId, null);
                    book.restore(new Entry(NOON, end, orderId, paid.id(), paid.id(),
                            Map.of("fault", "lose", "channel", "callbacks")));
                });
        assertThat(book.unacknowledged()).isEmpty();
        assertThat(book.query(List.of("lost", "given-up", "heard")).payments()).hasSize(3);
    }

    @Test
    void aTillRebuiltFromItsJournalAnswersTheSame() {
        List<Entry> journal = new ArrayList<>(List.of(pay("81", "one"), pay("81", "other"), pay("82", null)));
        PaymentBook rebuilt = new PaymentBook();
        journal.forEach(rebuilt::restore);
        assertThat(rebuilt.query(List.of("81", "82", "83"))).isEqualTo(book.query(List.of("81", "82", "83")));
        assertThat(rebuilt.query(List.of("81")).payments()).hasSize(2);
    }

    @Test
    void aPaymentThatNoCallbackCouldTellIsNotTaken() {
        assertThatThrownBy(() -> new PaymentRequest("81", 0, "CNY", null)).hasMessageContaining("amount");
        assertThatThrownBy(() -> new PaymentRequest("81", 100_000_000, "CNY", null)).hasMessageContaining("amount");
        assertThatThrownBy(() -> new PaymentRequest("81", 1, "yuan", null)).hasMessageContaining("currency");
    }
}
