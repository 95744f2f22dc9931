package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import bench.DueQuery;
import ledger.order.Debt;
import ledger.order.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the bench takes for the hub's due queries. */
class BenchDueQueryTest {

    @ParameterizedTest
    @EnumSource
    void isTheStatementThatThePullsRun(DueQuery query) {
        assertThat(query.sql()).isEqualTo(DebtRows.claimOf(Debt.valueOf(query.name()), Stores.ALL));
    }
}
