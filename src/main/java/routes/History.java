package routes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import ledger.Retention;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the live table small and the disk from filling: settled orders move to history, days are made before they come
 * and dropped when they are old, payments go after their orders. Every hub ticks; the statements let several of them
 * work at once.
 */
@Component
class History extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** Rows a transaction: some tens of milliseconds. */
    private static final int BATCH = 1_000;

    private static final String FULL = "hub.full";

    /** Ticks that are left out at most after a lock was not obtained: each try holds others up for a tenth of a second. */
    private static final int LEFT_OUT = 12;

    private final Retention retention;
    private final Duration every;

    History(JdbcClient jdbc, @Value("${hub.history.after}") Duration after,
            @Value("${hub.history.keep}") Duration keep, @Value("${hub.history.every}") Duration every) {
        this.retention = new Retention(jdbc, after, keep);
        this.every = every;
    }

    @Override
    public void configure() {
        onException(Exception.class).handled(true).process(History::failed);

        inBatches("history-move", retention::move);
        eachOf("history-days", retention::newDays);
        eachOf("history-drop", retention::oldDays);
        inBatches("history-rest", retention::dropRestOfHistory);
        inBatches("timeline-rest", retention::dropRestOfTimeline);
        inBatches("payments-drop", retention::dropPayments);
    }

    /** Repeats the work until it finds less than it may take. */
    private void inBatches(String id, IntUnaryOperator work) {
        from(tick(id)).routeId(id)
                .loopDoWhile(History::more)
                    .process(exchange -> exchange.setProperty(FULL, work.applyAsInt(BATCH) == BATCH))
                .end();
    }

    /** A day whose lock is not to be had makes the others wait, too: each try holds up those who use the table. */
    private void eachOf(String id, Supplier<List<Retention.Day>> days) {
        AtomicLong restsUntil = new AtomicLong(System.nanoTime());
        Predicate mayTry = exchange -> System.nanoTime() - restsUntil.get() >= 0;
        from(tick(id)).routeId(id)
                .filter(mayTry)
                    .setBody(exchange -> days.get())
                    .split(body()).filter(mayTry)
                        .process(exchange -> tryDay(exchange.getMessage().getBody(Retention.Day.class), restsUntil))
                    .end().end()
                .end();
    }

    private void tryDay(Retention.Day day, AtomicLong restsUntil) {
        if (retention.briefly(day)) {
            LOG.info("{}", day);
        } else {
            Duration rest = every.multipliedBy(ThreadLocalRandom.current().nextLong(1, LEFT_OUT + 1));
            restsUntil.set(System.nanoTime() + rest.toNanos());
            LOG.info("{}: not now, as something else holds the table, such as a backup; tried again in {} s", day,
                    rest.toSeconds());
        }
    }

    /** Stateful: a tick that comes while the last one is still at work is left out. Quartz knows no units. */
    private String tick(String id) {
        return "quartz:hub/" + id + "?stateful=true&trigger.repeatCount=-1&trigger.repeatInterval=" + every.toMillis();
    }

    private static boolean more(Exchange exchange) {
        Boolean full = exchange.getProperty(FULL, Boolean.class);
        return full == null || full && exchange.getContext().isStarted();
    }

    private static void failed(Exchange exchange) {
        LOG.warn("{} failed; the next tick tries again: {}", exchange.getFromRouteId(),
                String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
    }
}
