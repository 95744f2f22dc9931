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
    @EnumSource
    void whatIsOutOfTheOrdinaryIsInTheLogAndTheUsualIsNot(Outcome outcome) {
        boolean usual = switch (outcome) {
            case APPLIED, DUPLICATE, STALE -> true;
            default -> false;
        };

        assertThat(logged(outcome, Level.INFO)).isEqualTo(!usual);
        assertThat(logged(outcome, Level.DEBUG)).isTrue();
    }

    private static boolean logged(Outcome outcome, Level level) {
        Order order = Story.confirmed(Kind.PICKUP);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = new LoggerContext().getLogger("ledger");
        logger.setLevel(level);
        logger.addAppender(log);

        new Result(new Arrival(Story.paid(), "payment-callback", Way.PUSH), outcome, order, order, null, false).log(logger);

        return !log.list.isEmpty();
    }
}
