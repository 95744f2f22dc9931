package routes;

import ledger.Ledger;
import ledger.order.Outcome;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.figures.ArrowFigures;

/**
 * Parks early events whose order never came. Every hub ticks; the statement lets several hubs work at once.
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
        try {
            int parked = ledger.parkOverdueEarly(BATCH);
            if (parked > 0) {
                figures.outcome("housekeeping", Outcome.PARKED, parked);
                LOG.info("{} early events parked", parked);
            }
        } catch (RuntimeException e) {
            LOG.warn("early events could not be parked; the next tick tries again: {}", e.toString());
        }
    }
}
