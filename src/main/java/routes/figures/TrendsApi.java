package routes.figures;

import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.http.Reply;

/** {@code GET /api/trends}: the figures of the last hour. */
@Component
class TrendsApi extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(TrendsApi.class);

    private final Trends trends;

    TrendsApi(Trends trends) {
        this.trends = trends;
    }

    @Override
    public void configure() {
        rest().get("trends").to("direct:trends");
        from("direct:trends").routeId("trends").process(exchange -> Reply.json(exchange, 200, trends.columns()));
        // A stateful job: no tick follows while one waits for the ledger.
        from("quartz:hub/trends?stateful=true&trigger.repeatCount=-1&trigger.repeatInterval=" + Trends.POINT.toMillis())
                .routeId("trends-tick").process(exchange -> tick());
    }

    private void tick() {
        try {
            trends.tick();
        } catch (RuntimeException e) {
            LOG.warn("a point of the trends is missing; the next one will be longer: {}", e.toString());
        }
    }
}
