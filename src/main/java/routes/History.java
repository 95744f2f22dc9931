package routes;

import java.time.Duration;
import java.util.Map;
import ledger.Retention;
import org.apache.camel.Exchange;
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

    /** Rows a transaction: some tens of milliseconds. */
    private static final int BATCH = 1_000;

    private static final String SQL = "jdbc:dataSource";
    /** Making and dropping a day waits for whoever uses the table, and others wait behind it: in seconds. */
    private static final String DDL = SQL + "?statement.queryTimeout=2";

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

    /** Again and again, until the statement finds less than it may take. */
    private void inBatches(String id, String statement) {
        from(tick(id)).routeId(id)
                .loopDoWhile(History::more)
                    .setBody(constant(statement)).to(SQL)
                .end();
    }

    /** What the question answers with are statements. */
    private void eachOf(String id, String question) {
        from(tick(id)).routeId(id)
                .setBody(constant(question)).to(SQL)
                .split(body())
                    .setBody(exchange -> exchange.getMessage().getBody(Map.class).get("statement"))
                    .process(exchange -> LOG.info("{}", exchange.getMessage().getBody()))
                    .to(DDL)
                .end();
    }

    /** Stateful: a tick that comes while the last one is still at work is left out. Quartz knows no units. */
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
