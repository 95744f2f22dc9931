package simulators.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import simulators.journal.Entry;
import simulators.journal.What;

/** Each way to break the promise is found: the check can fail. */
class BalanceTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final List<Entry> entries = new ArrayList<>();

    private void note(What what, String orderId, Map<String, String> detail) {
        entries.add(Entry.of(NOON, what, orderId).withDetail(detail));
    }

    private void paid(String orderId, String kind) {
        note(What.CONFIRM_ASKED, orderId, Map.of("kind", kind));
        note(What.PAYMENT_TAKEN, orderId, Map.of());
        note(What.CALLBACK_ACKNOWLEDGED, orderId, Map.of());
    }

    private void made(String orderId) {
        note(What.TICKET_CREATED, orderId, Map.of());
        note(What.MAKING_STARTED, orderId, Map.of());
        note(What.MADE, orderId, Map.of());
    }

    private void delivered(String orderId, String state) {
        note(What.NOTE_CREATED, orderId, Map.of());
        note(What.EXPRESS_CHANGED, orderId, Map.of("state", state));
    }

    @Test
    void ordersThatGotWhatTheyPaidForBalance() {
        paid("pickup", "PICKUP");
        made("pickup");
        paid("delivery", "DELIVERY");
        made("delivery");
        delivered("delivery", "DELIVERED");
        paid("failed", "DELIVERY");
        made("failed");
        delivered("failed", "FAILED");
        paid("cancelled", "PICKUP");
        note(What.CANCEL_AGREED, "cancelled", Map.of());

        Balance balance = Balance.of(entries);
        assertThat(balance.holds()).isTrue();
        assertThat(balance.settled()).isEqualTo(4);
        assertThat(balance.unsettled()).isEmpty();
        assertThat(balance.acknowledged()).isEqualTo(4);
        assertThat(balance.delivered()).isEqualTo(1);
        assertThat(balance.cancelled()).isEqualTo(1);
    }

    @Test
    void anAcknowledgedOrderWithoutATicketIsLost() {
        paid("81", "PICKUP");
        assertThat(Balance.of(entries).lost()).containsExactly("81");
        assertThat(Balance.of(entries).holds()).isFalse();
        assertThat(Balance.of(entries).toString()).contains("LOST").contains("81");
    }

    @Test
    void aMadeDeliveryOrderWithoutANoteIsLost() {
        paid("81", "DELIVERY");
        made("81");
        assertThat(Balance.of(entries).lost()).containsExactly("81");
    }

    @Test
    void twoTicketsAreDoubled() {
        paid("81", "PICKUP");
        made("81");
        made("81");
        assertThat(Balance.of(entries).doubled()).containsExactly("81");
    }

    @Test
    void twoNotesAreDoubled() {
        paid("81", "DELIVERY");
        made("81");
        delivered("81", "DELIVERED");
        delivered("81", "DELIVERED");
        assertThat(Balance.of(entries).doubled()).containsExactly("81");
    }

    @Test
    void aTicketMadeAlthoughCancelledIsFoundWhicheverJournalIsReadFirst() {
        paid("81", "PICKUP");
        made("81");
        note(What.CANCEL_AGREED, "81", Map.of());
        assertThat(Balance.of(entries).doubled()).containsExactly("81");
        java.util.Collections.reverse(entries);
        assertThat(Balance.of(entries).doubled()).containsExactly("81");
    }

    @Test
    void aTicketMadeAfterTheCustomerWasToldThatItIsCancelledIsFound() {
        paid("81", "PICKUP");
        note(What.CANCEL_ANSWERED, "81", Map.of("answer", "200"));
        made("81");
        assertThat(Balance.of(entries).doubled()).containsExactly("81");
    }

    @Test
    void aTicketThatNobodyPaidForIsFound() {
        made("81");
        assertThat(Balance.of(entries).unpaid()).containsExactly("81");
        assertThat(Balance.of(entries).holds()).isFalse();
    }

    @Test
    void whatANeighbourIsStillAtIsUnsettledAndNotLost() {
        paid("making", "PICKUP");
        note(What.TICKET_CREATED, "making", Map.of());
        paid("riding", "DELIVERY");
        made("riding");
        delivered("riding", "ASSIGNED");

        Balance balance = Balance.of(entries);
        assertThat(balance.lost()).isEmpty();
        assertThat(balance.unsettled()).containsExactly("making", "riding");
    }

    @Test
    void aPaidOrderWithoutATicketIsLostThoughItsCallbackWasLostOnPurpose() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.FAULT, "81", Map.of("fault", "lose", "channel", "callbacks"));
        assertThat(Balance.of(entries).lost()).containsExactly("81");
        assertThat(Balance.of(entries).acknowledged()).isZero();
        made("81");
        assertThat(Balance.of(entries).holds()).isTrue();
        assertThat(Balance.of(entries).settled()).isEqualTo(1);
    }

    @Test
    void aPaidOrderWithoutATicketIsLostThoughTheHubHasNotAnsweredItsCallbackYet() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.CALLBACK_FAILED, "81", Map.of());
        assertThat(Balance.of(entries).lost()).containsExactly("81");
    }

    @Test
    void anOrderWhoseCallbackWasLostIsWaitedForUntilTheHubHasAskedForIt() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.FAULT, "81", Map.of("fault", "lose", "channel", "callbacks"));
        BalanceTally tally = new BalanceTally();
        entries.forEach(tally::see);
        assertThat(tally.open()).isEqualTo(1);
        assertThat(tally.balance(Duration.ofSeconds(30), NOON.plusSeconds(10)).unsettled()).containsExactly("81");
        entries.clear();
        made("81");
        entries.forEach(tally::see);
        assertThat(tally.open()).isZero();
    }

    @Test
    void anOrderWhosePaymentTheHubRefusedIsOwedNothing() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.CALLBACK_GIVEN_UP, "81", Map.of());
        Balance balance = Balance.of(entries);
        assertThat(balance.holds()).isTrue();
        assertThat(balance.unsettled()).isEmpty();
        assertThat(balance.settled()).isZero();
    }

    @Test
    void oneRefusedPaymentDoesNotExcuseAnother() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.CALLBACK_GIVEN_UP, "81", Map.of());
        note(What.PAYMENT_TAKEN, "81", Map.of());
        assertThat(Balance.of(entries).lost()).containsExactly("81");
    }

    @Test
    void aCancelledOrderIsOwedNothingThoughItsCallbackWasLost() {
        note(What.PAYMENT_TAKEN, "81", Map.of());
        note(What.CANCEL_ANSWERED, "81", Map.of("answer", "200"));
        assertThat(Balance.of(entries).holds()).isTrue();
        assertThat(Balance.of(entries).settled()).isEqualTo(1);
    }

    @Test
    void withPatienceARecentOrderIsNotLostYet() {
        paid("81", "PICKUP");
        BalanceTally tally = new BalanceTally();
        entries.forEach(tally::see);
        assertThat(tally.open()).isEqualTo(1);
        Balance live = tally.balance(Duration.ofSeconds(30), NOON.plusSeconds(10));
        assertThat(live.lost()).isEmpty();
        assertThat(live.unsettled()).containsExactly("81");
        assertThat(tally.balance(Duration.ofSeconds(30), NOON.plusSeconds(40)).lost()).containsExactly("81");
    }

    @Test
    void theLiveCountFollowsAnOrderToItsEnd() {
        BalanceTally tally = new BalanceTally();
        paid("81", "DELIVERY");
        made("81");
        entries.forEach(tally::see);
        assertThat(tally.settled()).isZero();
        entries.clear();
        delivered("81", "DELIVERED");
        entries.forEach(tally::see);
        assertThat(tally.settled()).isEqualTo(1);
        assertThat(tally.open()).isZero();
    }

    private BalanceTally tallyThatKeeps(int most) {
        BalanceTally tally = new BalanceTally();
        tally.keepSettled(most);
        return tally;
    }

    private void feed(BalanceTally tally) {
        entries.forEach(tally::see);
        entries.clear();
    }

    @Test
    void settledOrdersAreForgottenAndStayInTheCounts() {
        BalanceTally tally = tallyThatKeeps(10);
        for (int n = 0; n < 10_000; n++) {
            paid("o-" + n, "DELIVERY");
            made("o-" + n);
            delivered("o-" + n, "DELIVERED");
            feed(tally);
            assertThat(tally.kept()).isLessThanOrEqualTo(11);
        }
        Balance balance = tally.balance();
        assertThat(balance.holds()).isTrue();
        assertThat(List.of(balance.acknowledged(), balance.tickets(), balance.made(), balance.notes(), balance.delivered(),
                balance.settled())).containsOnly(10_000L);
    }

    @Test
    void whatIsOpenOrBreaksAPromiseIsNeverForgotten() {
        BalanceTally tally = tallyThatKeeps(0);
        paid("open", "PICKUP");
        paid("twice", "PICKUP");
        note(What.TICKET_CREATED, "twice", Map.of());
        made("twice");
        made("unpaid");
        feed(tally);
        Balance balance = tally.balance();
        assertThat(balance.lost()).containsExactly("open");
        assertThat(balance.unpaid()).containsExactly("unpaid");
        assertThat(tally.kept()).isLessThanOrEqualTo(3);
    }

    @Test
    void aSecondEffectOnAForgottenOrderBreaksTheBalance() {
        for (What second : List.of(What.TICKET_CREATED, What.NOTE_CREATED)) {
            BalanceTally tally = tallyThatKeeps(0);
            paid("81", "PICKUP");
            made("81");
            feed(tally);
            assertThat(tally.kept()).isZero();
            note(second, "81", Map.of());
            feed(tally);
            assertThat(tally.balance().holds()).as(second.word()).isFalse();
        }
    }

    @Test
    void lateEntriesOfAForgottenOrderOpenItNoMore() {
        BalanceTally tally = tallyThatKeeps(0);
        note(What.PAYMENT_TAKEN, "81", Map.of());
        made("81");
        feed(tally);
        note(What.EVENT_SENT, "81", Map.of());
        note(What.CHANGE_IGNORED, "81", Map.of());
        note(What.CANCEL_ANSWERED, "81", Map.of("answer", "409"));
        note(What.CALLBACK_ACKNOWLEDGED, "81", Map.of());
        feed(tally);
        assertThat(tally.kept()).isZero();
        assertThat(tally.open()).isZero();
        assertThat(tally.balance().acknowledged()).isEqualTo(1);
        assertThat(tally.balance().holds()).isTrue();
    }
}
