package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import contract.Kind;
import java.util.Collections;
import java.util.List;
import ledger.order.Order;
import ledger.order.OrderFixture;
import ledger.order.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultTest {

    @ParameterizedTest
    @EnumSource(names = {"EARLY", "REFUSED", "CONFLICT", "REFUND_DUE", "PARKED"})
    void whatIsOutOfTheOrdinaryIsInTheLog(Outcome outcome) {
        assertThat(isLogged(outcome, false, Level.INFO)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLIED", "DUPLICATE", "STALE"})
    void theUsualIsInTheLogOnlyWhenAskedForUnlessItWaitsForAPerson(Outcome outcome) {
        assertThat(isLogged(outcome, false, Level.INFO)).isFalse();
        assertThat(isLogged(outcome, false, Level.DEBUG)).isTrue();
        assertThat(isLogged(outcome, true, Level.INFO)).isTrue();
    }

    @Test
    void aProducerWhoseEventsAreAllOutOfTheOrdinaryFillsNoLog() {
        List<ILoggingEvent> lines = logged(Level.INFO, Collections.nCopies(500, result(Outcome.EARLY, false)));

        assertThat(lines).hasSize(11);
        assertThat(lines.get(10).getFormattedMessage()).startsWith("490 more");
    }

    private static boolean isLogged(Outcome outcome, boolean parked, Level level) {
        return !logged(level, List.of(result(outcome, parked))).isEmpty();
    }

    private static Result result(Outcome outcome, boolean parked) {
        Order order = OrderFixture.confirmed(Kind.PICKUP);
        return new Result(new Arrival(OrderFixture.paid(), "payment-callback", Way.PUSH), outcome, order, order, null, parked);
    }

    private static List<ILoggingEvent> logged(Level level, List<Result> results) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = new LoggerContext().getLogger("ledger");
        logger.setLevel(level);
        logger.addAppender(log);

        Result.log(logger, results);

        return log.list;
    }
}
