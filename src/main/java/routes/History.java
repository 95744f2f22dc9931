package routes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import ledger.Retention;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps the live table small and the disk from filling: settled orders move to history, days are made before they come
 * and dropped when they are old, payments go after their orders. Every hub ticks; the statements let several of them
 * work at once.
 */
@Component
class History extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** Rows of a transaction, at most, which takes some tens of milliseconds. */
    private static final int BATCH = 1_000;

    private static final String STATEMENT = "hub.statement";
    private static final String SQL = "jdbc:dataSource";

    /** Ticks that are left out after a lock was not obtained, at most: each try holds others up for a tenth of a second. */
    private static final int LEFT_OUT = 12;

    private final Retention retention;
    private final Duration every;

    History(@Value("${hub.history.after}") Duration after, @Value("${hub.history.keep}") Duration keep,
            @Value("${hub.history.every}") Duration every) {
        this.retention = new Retention(after, keep);
        this.every = every;
    }

    @Override
    public void configure() {
        onException(Exception.class).handled(true).process(History::failed);

        inBatches("history-move", retention.move(BATCH));
        eachOf("history-days", retention.newDays());
        eachOf("history-drop", retention.oldDays());
        inBatches("history-rest", retention.dropRestOfHistory(BATCH));
        inBatches("timeline-rest", retention.dropRestOfTimeline(BATCH));
        inBatches("payments-drop", retention.dropPayments(BATCH));
    }

    /** Repeats the statement until it finds fewer rows than it may take. */
    private void inBatches(String id, String statement) {
        from(tick(id)).routeId(id)
                .loopDoWhile(History::more)
                    .setBody(constant(statement)).to(SQL)
                .end();
    }

    /** The question answers with statements. After one that does not get its lock, no more are tried for a while. */
    private void eachOf(String id, String question) {
        AtomicLong restsUntil = new AtomicLong(System.nanoTime());
        Predicate mayTry = exchange -> System.nanoTime() - restsUntil.get() >= 0;
        from(tick(id)).routeId(id)
                .filter(mayTry)
                    .setBody(constant(question)).to(SQL)
                    .split(body()).filter(mayTry)
                        .process(this::briefly).to(SQL)
                        .process(exchange -> tried(exchange, restsUntil))
                    .end().end()
                .end();
    }

    private void briefly(Exchange exchange) {
        String statement = (String) exchange.getMessage().getBody(Map.class).get("statement");
        exchange.setProperty(STATEMENT, statement);
        exchange.getMessage().setBody(retention.briefly(statement));
    }

    private void tried(Exchange exchange, AtomicLong restsUntil) {
        String statement = exchange.getProperty(STATEMENT, String.class);
        Map<?, ?> row = (Map<?, ?>) exchange.getMessage().getBody(List.class).get(0);
        if (Boolean.TRUE.equals(row.get("done"))) {
            LOG.info("{}", statement);
        } else {
            Duration rest = every.multipliedBy(ThreadLocalRandom.current().nextLong(1, LEFT_OUT + 1));
            restsUntil.set(System.nanoTime() + rest.toNanos());
            LOG.info("{}: not now, as something else holds the table, such as a backup; tried again in {} s", statement,
                    rest.toSeconds());
        }
    }

    /** A stateful job: a tick that comes while the last one is at work is left out. Quartz takes milliseconds. */
    private String tick(String id) {
        return "quartz:hub/" + id + "?stateful=true&trigger.repeatCount=-1&trigger.repeatInterval=" + every.toMillis();
    }

    private static boolean more(Exchange exchange) {
        Integer done = exchange.getMessage().getHeader(JdbcConstants.JDBC_UPDATE_COUNT, Integer.class);
        return done == null || done == BATCH && exchange.getContext().isStarted();
    }

    private static void failed(Exchange exchange) {
        LOG.warn("{} failed; the next tick tries again: {}", exchange.getFromRouteId(),
                String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
    }
}
