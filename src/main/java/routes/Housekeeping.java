package routes;

import java.util.function.IntSupplier;
import ledger.Ledger;
import ledger.Outcome;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What only time brings about: orders that were never paid expire, and events whose order never came are parked. Every
 * hub ticks; the statements let several of them work at once.
 */
@Component
class Housekeeping extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int BATCH = 500;

    private final Ledger ledger;
    private final ArrowFigures figures;

    Housekeeping(Ledger ledger, ArrowFigures figures) {
        this.ledger = ledger;
        this.figures = figures;
    }

    @Override
    public void configure() {
        from("quartz:hub/housekeeping?trigger.repeatInterval={{hub.housekeeping.interval-ms}}&trigger.repeatCount=-1")
                .routeId("housekeeping").process(exchange -> sweep());
    }

    private void sweep() {
        int expired = count("unpaid orders could not be ended", () -> ledger.expireUnpaid("housekeeping", BATCH));
        int parked = count("early events could not be parked", () -> ledger.parkOverdueEarly(BATCH));
        if (expired + parked > 0) {
            figures.outcome("housekeeping", Outcome.PARKED, parked);
            LOG.info("{} unpaid orders expired, {} early events parked", expired, parked);
        }
    }

    /** One task's trouble is not the other's. */
    private static int count(String trouble, IntSupplier task) {
        try {
            return task.getAsInt();
        } catch (RuntimeException e) {
            LOG.warn("{}; the next tick tries again: {}", trouble, e.toString());
            return 0;
        }
    }
}
