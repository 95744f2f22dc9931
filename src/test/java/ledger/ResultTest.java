package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import contract.Kind;
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

    private static boolean isLogged(Outcome outcome, boolean parked, Level level) {
        Order order = Story.confirmed(Kind.PICKUP);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = new LoggerContext().getLogger("ledger");
        logger.setLevel(level);
        logger.addAppender(log);

        new Result(new Arrival(Story.paid(), "payment-callback", Way.PUSH), outcome, order, order, null, parked)
                .log(logger);

        return !log.list.isEmpty();
    }
}
