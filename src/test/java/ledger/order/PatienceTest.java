package ledger.order;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two pulls may ask for the same debt, each for its own stores: each store's orders wait as long as its own pull says. */
class PatienceTest {

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Patience patience = new Patience(Map.of(), Duration.ofMinutes(15), Duration.ofMinutes(10))
            .with("pull-unaccepted", new Patience.Pull(Debt.TICKET, Stores.ALL.except("store-7"), LONG))
            .with("pull-unaccepted-store-7", new Patience.Pull(Debt.TICKET, Stores.ALL.only("store-7"), SHORT));

    @Test
    void aStoresOrdersWaitAsLongAsItsOwnPullSays() {
        assertThat(patience.age(Debt.TICKET, "store-7")).isEqualTo(SHORT);
        assertThat(patience.age(Debt.TICKET, "store-8")).isEqualTo(LONG);
        assertThat(patience.age(Debt.MAKING, "store-7")).as("for which nobody pulls").isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anEditedPullTakesThePlaceOfWhatItWas() {
        Patience edited = patience.with("pull-unaccepted-store-7", new Patience.Pull(Debt.TICKET, Stores.ALL.only("store-7"),
                LONG.multipliedBy(2)));
        assertThat(edited.age(Debt.TICKET, "store-7")).isEqualTo(LONG.multipliedBy(2));
    }

    @Test
    void ofTwoPullsForOneStoreTheShorterSilenceCounts() {
        Patience both = patience.with("pull-unaccepted", new Patience.Pull(Debt.TICKET, Stores.ALL, LONG));
        assertThat(both.age(Debt.TICKET, "store-7")).isEqualTo(SHORT);
    }

    @Test
    void whatIsOwedIsDueWhenThePullOfItsStoreLooks() {
        Order order = OrderFixture.confirmed(Kind.PICKUP);
        Order paid = order.making(new Order.Making(MakeState.PAID, OrderFixture.NOON, "pay-1", OrderFixture.NOON, null));
        assertThat(DebtRules.dues(paid, OrderFixture.NOON, patience).barista().at()).isEqualTo(OrderFixture.NOON.plus(LONG));
    }
}
