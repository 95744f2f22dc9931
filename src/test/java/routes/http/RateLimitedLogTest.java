package routes.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RateLimitedLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(RateLimitedLogTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final RateLimitedLog log = new RateLimitedLog(logger, nanos::get);

    RateLimitedLogTest() {
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(lines);
    }

    @Test
    void aThousandOfAKindAreOneLineAndTheNextSaysHowManyThereWere() {
        for (int i = 0; i < 1_000; i++) {
            log.warn("one", () -> "it was refused");
        }
        log.warn("other", () -> "it was something else");
        nanos.set(Duration.ofSeconds(11).toNanos());
        log.warn("one", () -> "it was refused");

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("it was refused",
                "it was something else", "it was refused (and 999 more of this kind since the last such line)");
    }
}
